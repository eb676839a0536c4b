// What a tab remembers over a reload. Storage may be switched off; then it remembers nothing.

export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs at most a doubled chime after a reload.
  }
}
