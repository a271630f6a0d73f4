// Runs before the first paint: the theme that the reader chose here, if storage is allowed and one is kept.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // The system's theme holds.
}
