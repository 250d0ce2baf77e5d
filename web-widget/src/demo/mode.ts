/** The demo's switch between `request` and `book`. Stays hidden where the service has no such switch. */
const box = document.getElementById("mode");
const radios = [...(box?.querySelectorAll("input") ?? [])];

async function ask(mode?: string): Promise<void> {
  const answer = await fetch("/api/demo/mode", {
    cache: "no-store",
    ...(mode
      ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ mode }) }
      : {}),
  });
  if (!box || !answer.ok) return;
  const told = (await answer.json()) as { mode: string };
  for (const radio of radios) radio.checked = radio.value === told.mode;
  box.hidden = false;
}

for (const radio of radios) radio.addEventListener("change", () => void ask(radio.value).catch(() => undefined));
void ask().catch(() => undefined);
