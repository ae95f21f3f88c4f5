export const SECTIONS = [
  { id: "interview", title: "Interview" },
  { id: "devices", title: "Devices" },
  { id: "notifications", title: "Notifications" },
  { id: "sharing", title: "Sharing" },
  { id: "account", title: "Account" },
  { id: "data", title: "Your data" },
] as const;

export type SectionId = (typeof SECTIONS)[number]["id"];

export function sectionPath(id: SectionId): string {
  return id === "interview" ? "/settings" : `/settings/${id}`;
}

/** The section that `path` names; null when it is not of the settings. */
export function sectionOf(path: string): SectionId | null {
  const match = /^\/settings(?:\/([^/]*))?\/?$/.exec(path);
  if (!match) return null;
  return SECTIONS.find((section) => section.id === match[1])?.id ?? "interview";
}
