/* Runs before the first paint, so that a chosen theme never flashes. */
{
  const theme = localStorage.getItem("pitstop-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
