const betweenMs = 400;

/** Has the browser save each address, one after the other: at once, it takes only the last. */
export function saveFiles(addresses: readonly string[]): void {
  addresses.forEach((address, index) => {
    setTimeout(() => {
      const link = document.createElement("a");
      link.href = address;
      link.download = "";
      document.body.append(link);
      link.click();
      link.remove();
    }, index * betweenMs);
  });
}
