"""Hands on a terminal's keyboard, at the pace of a person."""

from playwright.sync_api import Page, expect

DOUBLE_TAP_MS = 350


def press(page: Page, key: str) -> None:
    """Like a person: two acts within a third of a second are taken for a double tap."""
    page.wait_for_timeout(DOUBLE_TAP_MS)
    page.keyboard.press(key)


def expect_customer(page: Page, words: str) -> None:
    """What a screen reader has been told of the customer."""
    expect(page.locator("#customer-said")).to_contain_text(words)


def has_focus_somewhere(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement !== document.body"))
