// Sends the file of an input to the API and tells the page how far it is.
const going = new WeakMap();
const types = { csv: 'text/csv', tsv: 'text/csv', ndjson: 'application/x-ndjson', jsonl: 'application/x-ndjson', parquet: 'application/vnd.apache.parquet', pq: 'application/vnd.apache.parquet' };

export const fileName = input => input.files[0]?.name ?? null;

export function start(input, url, page) {
  stop(input);
  const file = input.files[0];
  const request = new XMLHttpRequest();
  let told = 0;
  request.upload.onprogress = event => {
    const now = performance.now();
    if (event.loaded < event.total && now - told < 200) return;
    told = now;
    page.invokeMethodAsync('Progressed', event.loaded, Math.max(1, event.total));
  };
  request.onload = () => page.invokeMethodAsync('Finished', request.status, request.responseText);
  request.onerror = () => page.invokeMethodAsync('Finished', 0, '');
  request.open('POST', `${url}?source=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('Content-Type', types[file.name.split('.').pop().toLowerCase()] ?? 'application/octet-stream');
  going.set(input, request);
  request.send(file);
}

export function stop(input) {
  if (!input) return;
  const request = going.get(input);
  going.delete(input);
  request?.abort();
}
