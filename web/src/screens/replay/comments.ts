import { fill, h, setText } from "../../core/dom";
import type { Comment, CommentList, CommentWrites } from "../../core/replay_api";
import { dayText } from "../../core/session_words";
import { confirm } from "../confirm";
import { sentence } from "../frame";
import { wholeSeconds } from "./strip";

export interface Comments {
  element: HTMLElement;
  /** Begins a comment on the moment that is now. */
  begin(): void;
  /** Asks for them again: more of them may be shown now. */
  load(): Promise<void>;
  close(): void;
}

interface Asked {
  load(): Promise<CommentList>;
  /** Null where one may read alone. */
  writes: CommentWrites | null;
  now(): number;
  go(ms: number): void;
  changed(comments: readonly Comment[]): void;
  /** Calls back whenever the position changes. */
  onTime(listener: (ms: number) => void): () => void;
}

const LONGEST = 4000;

/** What people say of moments: read, written at the moment that is now, changed, deleted. */
export function comments(asked: Asked): Comments {
  const { writes } = asked;
  let shown: Comment[] = [];
  /** The moment that is being written about; null while nothing is written. */
  let pinnedMs: number | null = null;
  const list = h("ol", { class: "comments", test: "comments" });
  const empty = h("p", { class: "muted small", hidden: true }, writes ? "None yet. What you write is pinned to the moment that you are at." : "None.");
  const hidden = h("p", { class: "muted small", hidden: true, test: "comments-hidden" }, "What others wrote is shown once you have scored.");
  const problem = h("p", { class: "problem", role: "alert", test: "comment-problem" });
  const label = h("label", { for: "comment-text" });
  const field = h("textarea", {
    class: "input area",
    id: "comment-text",
    rows: 2,
    maxlength: LONGEST,
    test: "comment-text",
    on: {
      focus: () => (pinnedMs ??= asked.now()),
      blur: () => {
        if (field.value.trim() === "") pinnedMs = null;
        drawLabel();
      },
      keydown: (event) => {
        if (event.key === "Escape") field.blur();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void add();
        }
      },
    },
  });
  const send = h("button", { class: "button", type: "submit", test: "comment-send" }, "Comment");
  const form = h(
    "form",
    {
      class: "comment-form",
      on: {
        submit: (event) => {
          event.preventDefault();
          void add();
        },
      },
    },
    label,
    field,
    h("div", { class: "row" }, send),
  );

  const drawLabel = () => setText(label, `Comment at ${wholeSeconds(pinnedMs ?? asked.now())}`);
  const off = asked.onTime(() => pinnedMs === null && drawLabel());

  async function load(): Promise<void> {
    try {
      const answer = await asked.load();
      hidden.hidden = !answer.others_hidden;
      put(answer.items);
    } catch (error) {
      setText(problem, sentence(error));
    }
  }

  async function add(): Promise<void> {
    const text = field.value.trim();
    if (text === "" || send.disabled || !writes) return;
    send.disabled = true;
    setText(problem, "");
    try {
      const made = await writes.add(Math.round(pinnedMs ?? asked.now()), text);
      field.value = "";
      pinnedMs = null;
      put([...shown, made]);
      field.blur();
      drawLabel();
    } catch (error) {
      setText(problem, sentence(error));
    }
    send.disabled = false;
  }

  function put(items: readonly Comment[]): void {
    shown = [...items].sort((one, other) => one.at_ms - other.at_ms);
    empty.hidden = shown.length > 0 || !hidden.hidden;
    fill(list, ...shown.map(row));
    asked.changed(shown);
  }

  function row(comment: Comment): HTMLElement {
    const text = h("p", { class: "comment-text" }, comment.text);
    const change = (): void => {
      text.replaceWith(editor(comment, (changed) => put(shown.map((one) => (one.id === changed.id ? changed : one)))));
      acts.hidden = true;
      element.querySelector("textarea")?.focus();
    };
    const acts = h(
      "span",
      { class: "comment-acts" },
      writes && comment.own && h("button", { class: "button plain small", type: "button", test: "comment-change", on: { click: change } }, "Change"),
      writes && comment.may_delete &&
        h("button", { class: "button plain small", type: "button", test: "comment-delete", on: { click: () => askToDelete(comment) } }, "Delete"),
    );
    const time = wholeSeconds(comment.at_ms);
    const element = h(
      "li",
      { class: "comment", test: "comment", "data-own": comment.own ? "yes" : "no" },
      h(
        "div",
        { class: "comment-head small" },
        h("button", { class: "line-time figures", type: "button", "aria-label": `Go to ${time}`, test: "comment-time", on: { click: () => asked.go(comment.at_ms) } }, time),
        h("span", { class: "line-who" }, comment.own ? "You" : comment.author_name),
        h("time", { class: "muted", datetime: comment.created_at }, dayText(comment.created_at)),
        acts,
      ),
      text,
    );
    return element;
  }

  function editor(comment: Comment, done: (changed: Comment) => void): HTMLElement {
    const own = h("textarea", { class: "input area", rows: 2, maxlength: LONGEST, "aria-label": "Your comment", test: "comment-edit" });
    own.value = comment.text;
    const save = async (): Promise<void> => {
      const text = own.value.trim();
      if (text === "" || !writes) return;
      try {
        done(await writes.change(comment.id, text));
      } catch (error) {
        setText(problem, sentence(error));
      }
    };
    return h(
      "div",
      { class: "comment-form" },
      own,
      h(
        "div",
        { class: "row" },
        h("button", { class: "button", type: "button", test: "comment-save", on: { click: () => void save() } }, "Save"),
        h("button", { class: "button plain", type: "button", on: { click: () => done(comment) } }, "Leave it"),
      ),
    );
  }

  function askToDelete(comment: Comment): void {
    confirm(
      { title: "Delete this comment", text: `“${comment.text.slice(0, 200)}”`, yes: "Delete it", no: "Keep it" },
      async () => {
        await writes?.remove(comment.id);
        put(shown.filter((one) => one.id !== comment.id));
      },
      sentence,
    );
  }

  drawLabel();
  void load();
  return {
    element: h("section", { class: "stack tight", "aria-label": "Comments" }, h("h2", {}, "Comments"), writes && form, problem, hidden, empty, list),
    begin: () => {
      if (!writes) return;
      pinnedMs = asked.now();
      drawLabel();
      field.focus();
    },
    load,
    close: off,
  };
}
