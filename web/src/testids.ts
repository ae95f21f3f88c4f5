/** Names by which tests find things (`data-testid`); `h()` takes no other. Fixed like public names. */
export type TestId =
  // Sign in, and the frame around every screen
  | "auth-form" | "auth-name" | "auth-email" | "auth-password" | "auth-submit" | "auth-switch"
  | "auth-problem" | "user-menu" | "user-name" | "menu-settings" | "menu-history" | "sign-out" | "page-problem" | "page-warning" | "page-retry"
  | "auth-forgotten" | "auth-oidc" | "auth-confirm" | "auth-back" | "auth-came-back"
  // What the links in mails open
  | "link-screen" | "link-told" | "link-over" | "link-again"
  | `forgotten-${"email" | "form" | "submit" | "problem" | "no-mail"}`
  | `reset-${"password" | "form" | "submit" | "problem"}` | `link-${"form" | "submit" | "problem"}`
  // What the user is told; an item carries data-read
  | `bell${"" | "-count" | "-panel" | "-item" | "-empty" | "-read" | "-read-all"}`
  // A question before something that cannot be undone
  | `confirm-${"dialog" | "yes" | "no" | "problem"}`
  // History; an item carries data-id and data-state
  | `history-${"screen" | "search" | "state" | "scenario" | "since" | "until" | "shared" | "list" | "item"}`
  | `history-${"open" | "resume" | "notes" | "notes-place" | "delete" | "facts" | "summary" | "problem"}`
  | `history-${"empty" | "clear" | "more" | "report" | "replay" | "review" | "levels"}` | `next-${"card" | "focus" | "start" | "problem"}`
  // The report; a criterion carries data-criterion and data-standing, what can be heard data-start,
  // data-end and data-playing, the player data-state (idle waiting playing stopped failed)
  | `report-${"screen" | "body" | "status" | "problem" | "again" | "audio" | "sound" | "summary" | "glance" | "mean" | "link"}`
  | "criterion" | "level-scale" | "judges" | "other-judge" | "assisted" | "evidence" | "flags" | "flag" | "delivery" | "measure"
  | "decisions" | "hints-used" | "never-asked" | "resources" | "timeline"
  | "reviews" | `trend${"" | "-text" | "-plot" | "-table" | "-criteria"}`
  | `dock${"" | "-toggle" | "-time" | "-problem" | "-replay" | "-close"}`
  | `report-${"replay" | "review" | "share" | "pdf" | "md" | "json" | "vtt" | "bundle" | "recording" | "delete-recording"}`
  // Links to a report; a share carries data-id and data-active
  | `share-${"dialog" | "label" | "expiry" | "make" | "problem" | "url" | "copy" | "list" | "empty" | "revoke" | "close" | "comment" | "blind"}`
  | `share-part-${"report" | "transcript" | "audio" | "comments"}` | "share"
  // A text saved as it is typed; its state carries data-state (saved writing kept refused)
  | `draft-${"" | "state-" | "replaced-" | "restore-" | "dismiss-"}${"notes" | "reflection"}`
  | "reviewers" | `reviewer${"" | `-${"email" | "blind" | "add" | "remove" | "problem"}`}`
  // An interview that goes on elsewhere, seen from here; carries data-state and data-segment
  | `watch-${"screen" | "state" | "lines" | "line" | "here" | "problem"}`
  // Settings. `set-<field>` is a control, `saving-<field>` carries data-saving (at_rest saving saved
  // overwrote failed), `trouble-<field>` holds what went wrong; a login carries data-current
  | "settings-screen" | `section-${string}` | `set-${string}` | `saving-${string}` | `trouble-${string}`
  | `mine-${string}` | `theirs-${string}` | `again-${string}` | `digest-${string}`
  | "settings-length-problem" | "devices-problem" | "devices-ask" | "no-mail" | "time-zone-own"
  | "sharing-look" | "sharing-empty" | "sharing-records" | "sharing-record"
  | "account-email" | "connect-oidc" | "new-email" | `field-${"email-password" | "current" | "new"}`
  | `${"email" | "password" | "token" | "delete"}-${"open" | "form" | "submit" | "problem"}`
  | "logins" | "login" | "login-end" | "logins-end-others"
  | "tokens" | "token" | `token-${"name" | "days" | "value" | "made" | "copy" | "done" | "revoke"}`
  | "export" | `import-${"file" | "problem" | "said" | "send"}` | `delete-${"email" | "password"}`
  // Start
  | "start-screen" | "start-session" | "start-problem" | "resume-card" | "session-resume"
  | "segment-bar" | `part-${string}` | "scenario-card" | "scenario-browse" | `scenario-option-${string}`
  | `difficulty-${string}` | `tone-${string}`
  | "lengths-toggle" | `length-${string}` | "length-problem" | "devices-again"
  // Device check
  | "check-screen" | "mic-select" | "mic-name" | "mic-level" | "mic-heard" | "mic-problem" | "mic-retry"
  | "speaker-select" | "test-sound" | "hold-to-speak" | "check-join" | "check-type"
  | `record-${string}`
  // Interview. The screen carries data-state (waiting live paused ended), data-link (joining here
  // repairing lost elsewhere signed_out refused) and data-segment; `progress-<segment>` carries
  // data-part (pending live done skipped), `floor` data-floor, `notice` data-notice,
  // `recording-mark` data-recording (on off).
  | "recording-mark" | "recording-said" | "recording-change"
  | "interview-screen" | "segment-name" | "segment-clock" | "total-clock" | `progress-${string}`
  | "floor" | "caption-interviewer" | "caption-candidate" | "next-segment"
  | `control-${"pause" | "extend" | "hint" | "repeat" | "next" | "end" | "type" | "transcript"}`
  | "control-message" | "end-dialog" | "end-confirm" | "end-cancel"
  | "type-form" | "type-input" | "type-send"
  | "notice" | "notice-action" | "mic-notice" | "mic-notice-retry" | "mic-notice-choose"
  // The replay; `replay` carries data-sound (unknown waiting none ready) and data-panel, a turn
  // data-speaker and data-turn, each of its words data-w, a mark data-kind
  | "replay" | "review-screen" | `panel-${string}`
  | `replay-${"screen" | "slider" | "strip" | "scroll" | "closer" | "wider" | "mark" | "part" | "play" | "time" | "speed" | "silence" | "questions"}`
  | `replay-${"follow" | "link" | "keys" | "help" | "told" | "note" | "audio" | "problem" | "report" | "not-over"}`
  | `replay-${"transcript" | "turn" | "search" | "found" | "found-back" | "found-next"}`
  | "comments" | "comments-hidden" | "comment"
  | `comment-${"text" | "send" | "problem" | "time" | "change" | "edit" | "save" | "delete"}`
  | `scoring${"" | "-state" | "-problem" | "-open" | "-done" | "-compared"}` | "compared"
  | `score-${string}`
  // What a link shows to who is not signed in
  | `shared-${"screen" | "gone" | "facts" | "report" | "replay" | "review" | "back"}`
  // The transcript while the interview runs; a turn carries data-speaker
  | "transcript-drawer" | "drawer-close" | "drawer-turn"
  // End; a turn carries data-speaker and data-segment, a moment data-flag
  | "end-screen" | "moments" | "moment" | "transcript" | "transcript-turn" | "transcript-empty"
  | `download-${"md" | "txt" | "vtt"}` | "start-another" | "to-history" | "to-replay" | "to-review";
