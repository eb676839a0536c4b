/* Records what a program does to the files of one folder, and what it answers over its sockets, in
 * the order in which it happens: for simulated power cuts.
 *
 *   cc -shared -fPIC -O2 -o disk_recorder.so disk_recorder.c -ldl -lpthread
 *   LD_PRELOAD=disk_recorder.so RECORD_FOLDER=/folder RECORD_TO=/elsewhere/record program
 *
 * A record is four little-endian 64-bit numbers (what, which inode, offset, length) and that many
 * bytes. Writes and answers are recorded before they are made, syncs after they have succeeded: a
 * record is never kinder than the disk.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENED = 1, WRITTEN, SYNCED, TRUNCATED, UNLINKED, RENAMED, ANSWERED, LINKED };
enum { UNKNOWN, OURS, SOCKET, OTHER };
enum { DESCRIPTORS = 65536, ANSWER_MAX = 1 << 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int record_fd = -1;
static char folder[PATH_MAX];
static unsigned char kinds[DESCRIPTORS];
static uint64_t inodes[DESCRIPTORS];

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *to = getenv("RECORD_TO"), *of = getenv("RECORD_FOLDER");
  if (!to || !of || !realpath(of, folder)) return;
  int fd = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  record_fd = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 1000);
  syscall(SYS_close, fd);
}

static void put(const void *bytes, size_t length) {
  while (length) {
    ssize_t done = syscall(SYS_write, record_fd, bytes, length);
    if (done < 0) abort();
    bytes = (const char *)bytes + done;
    length -= done;
  }
}

static void record(uint64_t what, uint64_t inode, uint64_t offset, const void *bytes, uint64_t length) {
  uint64_t head[4] = {what, inode, offset, length};
  int before = errno;
  pthread_mutex_lock(&lock);
  put(head, sizeof head);
  put(bytes, length);
  pthread_mutex_unlock(&lock);
  errno = before;
}

/* The whole path, if it is in the folder or is the folder itself. */
static int in_folder(const char *path, char *whole) {
  char directory[PATH_MAX], parent[PATH_MAX];
  if (record_fd < 0 || !path || strlen(path) >= PATH_MAX) return 0;
  if (realpath(path, whole) && !strcmp(whole, folder)) return 1;
  strcpy(directory, path);
  char *name = strrchr(directory, '/');
  if (name) *name++ = 0; else name = directory;
  if (!realpath(name == directory ? "." : *directory ? directory : "/", parent)) return 0;
  if (strcmp(parent, folder)) return 0;
  return snprintf(whole, PATH_MAX, "%s/%s", parent, name) < PATH_MAX;
}

static void opened(int fd, const char *path) {
  char whole[PATH_MAX];
  struct stat found;
  if (fd < 0 || fd >= DESCRIPTORS) return;
  kinds[fd] = OTHER;
  if (!in_folder(path, whole) || fstat(fd, &found)) return;
  kinds[fd] = OURS;
  inodes[fd] = found.st_ino;
  record(OPENED, found.st_ino, S_ISDIR(found.st_mode), whole, strlen(whole));
}

static int is_ours(int fd) {
  return record_fd >= 0 && fd >= 0 && fd < DESCRIPTORS && kinds[fd] == OURS;
}

static int is_socket(int fd) {
  struct stat found;
  if (record_fd < 0 || fd < 0 || fd >= DESCRIPTORS) return 0;
  if (kinds[fd] == UNKNOWN && !fstat(fd, &found)) kinds[fd] = S_ISSOCK(found.st_mode) ? SOCKET : OTHER;
  return kinds[fd] == SOCKET;
}

static void answered(const struct iovec *parts, int count) {
  static __thread char whole[ANSWER_MAX];
  size_t length = 0;
  for (int i = 0; i < count && length + parts[i].iov_len <= ANSWER_MAX; i++) {
    memcpy(whole + length, parts[i].iov_base, parts[i].iov_len);
    length += parts[i].iov_len;
  }
  record(ANSWERED, 0, 0, whole, length);
}

static void written(int fd, const void *bytes, size_t length, uint64_t offset) {
  record(WRITTEN, inodes[fd], offset, bytes, length);
}

/* Where a plain write goes: to the end of a file that is appended to. */
static uint64_t position(int fd) {
  struct stat found;
  int flags = syscall(SYS_fcntl, fd, F_GETFL);
  if ((flags & O_APPEND) && !fstat(fd, &found)) return found.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

#define OPEN(name, parameters, path, call) \
  int name parameters { \
    REAL(name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
      va_list more; \
      va_start(more, flags); \
      mode = va_arg(more, mode_t); \
      va_end(more); \
    } \
    int fd = call; \
    opened(fd, path); \
    if (fd >= 0 && (flags & O_TRUNC) && is_ours(fd)) record(TRUNCATED, inodes[fd], 0, "", 0); \
    return fd; \
  }

OPEN(open, (const char *path, int flags, ...), path, real(path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), path, real(path, flags, mode))

/* A path that is relative to a directory's descriptor is none of ours. */
#define FROM(directory, path) ((directory) == AT_FDCWD || *(path) == '/' ? (path) : NULL)
OPEN(openat, (int from, const char *path, int flags, ...), FROM(from, path), real(from, path, flags, mode))
OPEN(openat64, (int from, const char *path, int flags, ...), FROM(from, path), real(from, path, flags, mode))

int close(int fd) {
  REAL(close);
  if (fd >= 0 && fd < DESCRIPTORS) kinds[fd] = UNKNOWN;
  return real(fd);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(write);
  if (is_ours(fd)) written(fd, bytes, length, position(fd));
  else if (is_socket(fd)) answered(&(struct iovec){(void *)bytes, length}, 1);
  return real(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  if (is_ours(fd)) abort(); /* nobody who writes our files does; better no record than a false one */
  if (is_socket(fd)) answered(parts, count);
  return real(fd, parts, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  REAL(pwrite);
  if (is_ours(fd)) written(fd, bytes, length, offset);
  return real(fd, bytes, length, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  REAL(pwrite64);
  if (is_ours(fd)) written(fd, bytes, length, offset);
  return real(fd, bytes, length, offset);
}

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
  REAL(send);
  if (is_socket(fd)) answered(&(struct iovec){(void *)bytes, length}, 1);
  return real(fd, bytes, length, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(sendmsg);
  if (is_socket(fd)) answered(message->msg_iov, message->msg_iovlen);
  return real(fd, message, flags);
}

/* Copies that the kernel makes by itself: the caller falls back to reading and writing. */
ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
  REAL(sendfile);
  if (is_ours(to)) { errno = ENOSYS; return -1; }
  return real(to, from, offset, count);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
  REAL(sendfile64);
  if (is_ours(to)) { errno = ENOSYS; return -1; }
  return real(to, from, offset, count);
}

ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *offset, size_t count, unsigned flags) {
  REAL(copy_file_range);
  if (is_ours(to)) { errno = ENOSYS; return -1; }
  return real(from, at, to, offset, count, flags);
}

#define SYNC(name) \
  int name(int fd) { \
    REAL(name); \
    int result = real(fd); \
    if (!result && is_ours(fd)) record(SYNCED, inodes[fd], 0, "", 0); \
    return result; \
  }

SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, type) \
  int name(int fd, type length) { \
    REAL(name); \
    if (is_ours(fd)) record(TRUNCATED, inodes[fd], length, "", 0); \
    return real(fd, length); \
  }

TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
  REAL(unlink);
  char whole[PATH_MAX];
  if (in_folder(path, whole) && strcmp(whole, folder)) record(UNLINKED, 0, 0, whole, strlen(whole));
  return real(path);
}

/* Both names, the new one first, with a zero byte between them. */
static void named(int what, const char *old, const char *fresh) {
  char pair[2 * PATH_MAX], from[PATH_MAX];
  if (!in_folder(fresh, pair) || !in_folder(old, from)) return;
  size_t length = strlen(pair) + 1;
  strcpy(pair + length, from);
  record(what, 0, 0, pair, length + strlen(from));
}

int rename(const char *old, const char *fresh) {
  REAL(rename);
  named(RENAMED, old, fresh);
  return real(old, fresh);
}

int link(const char *old, const char *fresh) {
  REAL(link);
  named(LINKED, old, fresh);
  return real(old, fresh);
}
