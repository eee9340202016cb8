/** A table for a spreadsheet. What it would take for a formula is marked as text. */
export function download(name: string, rows: readonly (readonly (string | number)[])[]): void {
  const cell = (value: string | number) => `"${String(value).replaceAll('"', '""').replace(/^[=+\-@]/, "'$&")}"`;
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
