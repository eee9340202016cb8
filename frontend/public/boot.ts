// Runs before the first paint: promises a script, so that the form shows one step from the start and nothing jumps.
// If the script does not arrive, or stops on an error, the promise is taken back and the whole page is shown.

{
  const root = document.documentElement;
  const undo = (): void => root.classList.remove("js");
  root.classList.add("js");
  addEventListener(
    "error",
    (event) => {
      if (!(event.target instanceof HTMLElement) || event.target instanceof HTMLScriptElement) undo();
    },
    true,
  );
  setTimeout(() => {
    if (!root.hasAttribute("data-ready")) undo();
  }, 8000);
}
