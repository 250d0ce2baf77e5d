/** The simulator's three routes with two made-up conversations. */
import { bodyOf, json } from "./server.mjs";

export function simulator() {
  const messages = [
    { id: "1", direction: "in", number: "+15555550111", body: "are you open on thanksgiving?", segments: 1, encoding: "GSM-7", status: "received", at: new Date(Date.now() - 120_000).toISOString() },
    { id: "2", direction: "out", number: "+15555550111", body: "Riverside Family Medicine: automated, not a clinician. Emergency: call 911. We are closed on Thursday, November 26 (Thanksgiving). Reply PERSON for staff, STOP to end.", segments: 2, encoding: "GSM-7", status: "delivered", at: new Date(Date.now() - 118_000).toISOString() },
  ];
  return async (request, answer, path, url) => {
    if (path === "messages") return json(answer, 200, { messages: messages.filter((one) => one.number === url.searchParams.get("number")) });
    const body = await bodyOf(request);
    if (path === "send") {
      messages.push({ id: String(messages.length + 1), direction: "in", number: body.number, body: body.body, segments: 1, encoding: "GSM-7", status: "received", at: new Date().toISOString() });
      setTimeout(() => messages.push({ id: String(messages.length + 1), direction: "out", number: body.number, body: "Choose an answer:\n1. Check-up\n2. Sick visit\n3. Talk to a person", segments: 1, encoding: "GSM-7", status: "sent", at: new Date().toISOString() }), 700);
      return json(answer, 200, {});
    }
    const one = messages.find((each) => each.id === body.id);
    if (one) one.status = body.status;
    return json(answer, 200, {});
  };
}
