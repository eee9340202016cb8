// A likely slip in an e-mail address is asked about, and never refused.

import { fill, make, one } from "./dom";

/** Where most addresses here end. What is near to one of them and is not one of the others is likely a slip. */
const USUAL = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "windowslive.com", "yandex.com", "mynet.com", "live.com", "hotmail.co.uk", "yahoo.co.uk", "btinternet.com"];
const OTHERS = ["mail.com", "ymail.com", "msn.com", "gmx.com", "me.com"];

/** Whether one sign too many, too few or another, or two in the wrong order, make the one of the other. */
function near(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const rest = (text: string, from: number): string => text.slice(at + from);
  return (
    rest(one, 1) === rest(other, 1) ||
    rest(one, 1) === rest(other, 0) ||
    rest(one, 0) === rest(other, 1) ||
    (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(one, 2) === rest(other, 2))
  );
}

/** The address that was likely meant, or nothing. */
export function meant(address: string): string | undefined {
  const [local = "", domain = "", ...more] = address.trim().toLowerCase().split("@");
  if (!local || !domain || more.length || [...USUAL, ...OTHERS].includes(domain)) return undefined;
  const found = USUAL.find((usual) => near(domain, usual));
  return found && `${address.trim().slice(0, local.length)}@${found}`;
}

/** Asks below an address, once it was typed, whether another was meant. */
export function ask(place: HTMLElement): void {
  const input = one<HTMLInputElement>("input", place.parentElement ?? undefined);
  input?.addEventListener("input", () => place.replaceChildren());
  input?.addEventListener("change", () => {
    const address = meant(input.value);
    if (!address) return;
    const use = make("button", { type: "button", className: "minor" }, place.dataset["use"] ?? "");
    use.addEventListener("click", () => {
      input.value = address;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    });
    place.append(fill(place.dataset["typo"] ?? "", { address }), " ", use);
  });
}
