// Comfort only: every page does its work without this file.
(() => {
  const root = document.documentElement;
  const { echarts: chartLibrary } = document.currentScript.dataset;
  const system = matchMedia("(prefers-color-scheme: dark)");
  root.classList.add("js");

  // The theme follows the system until the reader chooses: <button data-theme-choice="dark|light|system">.
  function showTheme() {
    const choice = localStorage.getItem("theme");
    root.dataset.bsTheme = choice === "dark" || choice === "light" ? choice : system.matches ? "dark" : "light";
    for (const button of document.querySelectorAll("[data-theme-choice]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (choice ?? "system")));
    for (const figure of document.querySelectorAll(".chart.is-drawn")) draw(figure);
  }
  document.addEventListener("click", event => {
    const choice = event.target.closest?.("[data-theme-choice]")?.dataset.themeChoice;
    if (!choice) return;
    localStorage.setItem("theme", choice);
    showTheme();
  });
  system.addEventListener("change", showTheme);

  // Charts: <figure class="chart"><script type="application/json" data-chart>{ an ECharts option }</script><table>…</table></figure>.
  // A colour is written as the name of a token, "var(--provider)", so that it follows the theme.
  let library;
  const load = () => library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: chartLibrary, onload: done, onerror: failed });
    document.head.append(script);
  });

  function token(name) {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  }

  function draw(figure) {
    const source = figure.querySelector("script[data-chart]").textContent;
    const option = JSON.parse(source, (_, value) =>
      typeof value === "string" && /^var\(--[\w-]+\)$/.test(value) ? token(value.slice(4, -1)) : value);
    const place = figure.querySelector(".drawn") ?? figure.insertBefore(document.createElement("div"), figure.firstChild);
    place.className = "drawn";
    place.setAttribute("aria-hidden", "true"); // The table beside it says the same in words.
    figure.classList.add("is-drawn");
    echarts.getInstanceByDom(place)?.dispose();
    echarts.init(place, root.dataset.bsTheme === "dark" ? "dark" : null, { renderer: "svg" }).setOption({
      animation: false,
      backgroundColor: "transparent",
      color: ["--provider", "--customer", "--chair", "--accounting"].map(token),
      textStyle: { color: token("--quiet"), fontFamily: "inherit" },
      grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
      ...option,
    });
  }

  async function drawAll() {
    const waiting = [...document.querySelectorAll(".chart:not(.is-drawn)")].filter(one => one.querySelector("script[data-chart]"));
    if (waiting.length === 0 || !chartLibrary) return;
    await load();
    waiting.forEach(draw);
  }
  addEventListener("resize", () => document.querySelectorAll(".chart > .drawn").forEach(one => echarts.getInstanceByDom(one)?.resize()));

  // News: <main data-feed="/engagements/1/events">. Each message becomes the event "news" on the body, which parts of
  // the page wait for: hx-trigger="news from:body". A page out of sight gives its connection back and catches up later.
  let feed;
  const tell = message => document.body.dispatchEvent(new CustomEvent("news", { detail: message?.data }));
  function listen() {
    const address = document.querySelector("[data-feed]")?.dataset.feed;
    if (!address || feed || document.hidden) return;
    feed = new EventSource(address);
    feed.onmessage = tell;
    feed.addEventListener("news", tell);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { feed?.close(); feed = undefined; } else if (document.querySelector("[data-feed]")) { tell(); listen(); }
  });

  showTheme();
  document.addEventListener("htmx:after:swap", drawAll);
  const begin = () => { showTheme(); drawAll(); listen(); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
