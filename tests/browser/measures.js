// What the tests ask a page from outside; pages themselves hold no script.
(() => {
  "use strict";

  const channel = (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const colour = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (top, alpha, under) => top.map((value, i) => alpha * value + (1 - alpha) * under[i]);

  // WCAG 2.2, "contrast ratio".
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const canvas = () => {
    const probe = document.createElement("div");
    probe.style.cssText = "position: absolute; background-color: Canvas";
    document.body.append(probe);
    const { rgb } = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return rgb;
  };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer.rgb, layer.alpha, under), canvas());
  };

  const isShown = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility === "visible" && style.opacity === "1" && box.width > 1 && box.height > 1;
  };
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className}`;
  const start = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
    return found;
  };

  const contrastOf = (style, element) => {
    const under = ground(element);
    const { rgb, alpha } = colour(style.color);
    return ratio(over(rgb, alpha, under), under);
  };

  // Every text of the page, and what CSS writes before or after it: its contrast with what is behind it.
  const contrasts = () => {
    const found = texts().map((text) => {
      const element = text.parentElement;
      return { said: start(text.data), where: name(element), ratio: contrastOf(getComputedStyle(element), element) };
    });
    for (const element of document.querySelectorAll("body *")) {
      const style = getComputedStyle(element, "::before");
      if (style.content !== "none" && style.content !== "normal")
        found.push({ said: style.content, where: `${name(element)}::before`, ratio: contrastOf(style, element) });
    }
    return found;
  };

  // Texts that have no place on the screen, but for heads of tables that a phone reads out with each cell.
  const vanished = () =>
    texts()
      .map((text) => text.parentElement)
      .filter((element) => !isShown(element) && !element.closest("thead") && !element.closest("td.minor"))
      .map((element) => `${name(element)}: ${start(element.textContent)}`);

  const inSentence = (link) => {
    const around = link.parentElement.textContent.trim();
    return around.length > link.textContent.trim().length + 20;
  };
  // WCAG 2.5.8: links that are no part of a sentence, smaller than 24 by 24 CSS pixels.
  const smallTargets = () =>
    Array.from(document.querySelectorAll("a[href], button, input, summary"))
      .filter((link) => !inSentence(link))
      .map((link) => ({ said: start(link.textContent), box: link.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ said, box }) => `${said}: ${box.width} x ${box.height}`);

  const focusables = () =>
    Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"));
  const addresses = () => focusables().map((element) => element.getAttribute("href"));
  const focused = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      href: element.getAttribute("href"),
      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      outlineRatio: ratio(colour(style.outlineColor).rgb, ground(element.parentElement)),
      // Scrolling stops at whole pixels.
      inView: box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1 && box.right <= innerWidth + 1,
    };
  };

  const moving = () =>
    Array.from(document.querySelectorAll("body, body *"))
      .filter((element) => {
        const style = getComputedStyle(element);
        return style.animationName !== "none" || style.transitionDuration.split(",").some((time) => parseFloat(time));
      })
      .map(name);

  // Texts with the language that they are declared in, and the descriptions of images.
  const languages = () => {
    const languageOf = (element) => element.closest("[lang]").lang;
    const said = texts().map((text) => ({ text: start(text.data), whole: text.data, lang: languageOf(text.parentElement) }));
    for (const image of document.images) said.push({ text: "img", whole: image.alt, lang: languageOf(image) });
    return said;
  };

  const borders = (selector) =>
    Array.from(document.querySelectorAll(selector)).map((element) => {
      const style = getComputedStyle(element);
      return `${style.borderTopStyle} ${parseFloat(style.borderTopWidth) >= 1}`;
    });

  window.measures = { contrasts, vanished, smallTargets, addresses, focused, moving, languages, borders };
})();
