/** The few words on the practice's own page. */
export const LOADER_WORDS: Record<string, { open: string; close: string; panel: string; unread: string }> = {
  en: { open: "Chat with us", close: "Close chat", panel: "Chat with the practice", unread: "new messages" },
  es: { open: "Chatee con nosotros", close: "Cerrar el chat", panel: "Chat con la clínica", unread: "mensajes nuevos" },
};
