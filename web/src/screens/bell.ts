import { disclosure } from "../core/disclosure";
import { fill, h, setText } from "../core/dom";
import type { InboxItem } from "../core/history_api";
import { type Inbox, ownPath } from "../core/inbox";
import { dayText } from "../core/session_words";

/** What the user is told: a count, and a list that opens below it. */
export function bell(inbox: Inbox): HTMLElement {
  const count = h("span", { class: "bell-count figures", "aria-hidden": "true", test: "bell-count" });
  const label = h("span", { class: "visually-hidden" });
  const list = h("ul", { class: "bell-items" });
  const empty = h("p", { class: "muted", test: "bell-empty" }, "There is nothing new.");
  const all = h(
    "button",
    { class: "button plain", type: "button", test: "bell-read-all", on: { click: () => void inbox.readAll() } },
    "Mark all as read",
  );
  const panel = h(
    "div",
    { class: "bell-panel stack tight", id: "bell-panel", role: "region", "aria-label": "Notices", test: "bell-panel" },
    h("div", { class: "bell-head" }, h("h2", {}, "Notices"), all),
    empty,
    list,
  );
  const opener = h(
    "button",
    { class: "button plain bell", type: "button", test: "bell" },
    h("span", { class: "bell-shape", "aria-hidden": "true" }),
    count,
    label,
  );
  const { element } = disclosure(opener, panel, "bell-place");

  function draw(): void {
    const unread = inbox.unread;
    setText(count, unread > 99 ? "99+" : String(unread));
    count.hidden = unread === 0;
    setText(label, unread === 0 ? "Notices" : `Notices, ${unread} unread`);
    all.hidden = unread === 0;
    empty.hidden = inbox.items.length > 0;
    fill(list, ...inbox.items.map(row));
  }

  function row(item: InboxItem): HTMLElement {
    const unread = item.read_at === null;
    const read = () => {
      if (unread) void inbox.read(item.id);
    };
    const link = ownPath(item.link, location.origin);
    return h(
      "li",
      { class: "bell-item", test: "bell-item", "data-read": unread ? "no" : "yes" },
      h(
        "p",
        { class: "bell-title" },
        link ? h("a", { href: link, on: { click: read } }, item.title) : item.title,
        unread && h("span", { class: "visually-hidden" }, " (unread)"),
      ),
      item.text !== "" && h("p", { class: "small" }, item.text),
      h(
        "p",
        { class: "muted small bell-foot" },
        h("time", { datetime: item.created_at }, dayText(item.created_at)),
        unread && h("button", { class: "button plain small", type: "button", test: "bell-read", on: { click: read } }, "Mark as read"),
      ),
    );
  }

  let wasShown = false;
  const undo = inbox.on("changed", () => {
    // The element goes with its screen; the inbox lives on.
    if (wasShown && !element.isConnected) undo();
    else draw();
    wasShown ||= element.isConnected;
  });
  draw();
  void inbox.refresh();
  return element;
}
