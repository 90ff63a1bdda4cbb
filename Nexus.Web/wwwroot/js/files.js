// Saves what the server streams as a file of the browser's.
export async function save(name, type, stream) {
  saveBlob(name, new Blob([await stream.arrayBuffer()], { type }));
}

export function saveBlob(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
