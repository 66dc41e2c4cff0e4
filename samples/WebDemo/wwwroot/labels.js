/** Splits an answer into its description, for the download, and its labels, a byte for every pixel. */
export function unpack({ label_runs: runs, ...description }) {
  const labels = new Uint8Array(description.width * description.height);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    labels.fill(runs[i], at, at + runs[i + 1]);
    at += runs[i + 1];
  }
  return { description, labels };
}
