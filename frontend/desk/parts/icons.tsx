/** The few signs of the desk. Each stands beside words that say the same, so none has a name of its own. */
import type { ComponentChildren } from 'preact';

const PATHS = {
  late: (
    <>
      <path class="fill" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
      <path class="cut" d="M8 4.2v4.6M8 10.6v1.6" />
    </>
  ),
  soon: (
    <>
      <circle class="stroke" cx="8" cy="8" r="6.2" />
      <path class="fill" d="M8 8V1.8A6.2 6.2 0 1 1 1.8 8z" />
    </>
  ),
  paused: (
    <>
      <circle class="stroke" cx="8" cy="8" r="6.2" />
      <path class="stroke" d="M6.3 5.5v5M9.7 5.5v5" />
    </>
  ),
  kept: <path class="stroke" d="M2.5 8.5l4 4 7-9" />,
  safety: <path class="stroke" d="M8 2l6.4 12H1.6zM8 6.6v3.6M8 11.6v1.2" />,
  internal: <path class="stroke" d="M3.5 7h9v6.5h-9zM5.3 7V5a2.7 2.7 0 0 1 5.4 0v2" />,
  seen: (
    <>
      <path class="stroke" d="M1.5 8Q8 1.6 14.5 8 8 14.4 1.5 8z" />
      <circle class="fill" cx="8" cy="8" r="1.9" />
    </>
  ),
  letter: <path class="stroke" d="M1.8 3.5h12.4v9H1.8zM1.8 3.8L8 9l6.2-5.2" />,
  file: <path class="stroke" d="M13 7.6l-4.9 5a3 3 0 0 1-4.3-4.2l5.3-5.5a2 2 0 0 1 2.9 2.8L6.9 10.9a1 1 0 0 1-1.5-1.4l4.3-4.3" />,
  search: (
    <>
      <circle class="stroke" cx="7" cy="7" r="4.6" />
      <path class="stroke" d="M10.4 10.4L14.5 14.5" />
    </>
  ),
  up: <path class="stroke" d="M3.5 10.5L8 6l4.5 4.5" />,
  down: <path class="stroke" d="M3.5 6L8 10.5 12.5 6" />,
  remove: <path class="stroke" d="M4 4l8 8M12 4l-8 8" />,
  add: <path class="stroke" d="M8 2.5v11M2.5 8h11" />,
};

export function Icon({ name }: { name: keyof typeof PATHS }) {
  const paths: ComponentChildren = PATHS[name];
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {paths}
    </svg>
  );
}
