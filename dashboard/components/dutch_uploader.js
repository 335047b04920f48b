// Streamlit's field for files speaks English and has no setting for its words: put ours in their place, also in what
// it draws later. Its drop zone says that it is for presentation only and yet takes the focus; a reader needs the latter.
(() => {
  const FIELD = '[data-testid="stFileUploader"]';
  const WORDS = [
    [/^Upload$/, "Bestanden kiezen"],
    [/^file upload$/, "Bestanden kiezen"],
    [/^Add files$/, "Bestanden toevoegen"],
    [/^add icon$/, "toevoegen"],
    [/^Remove (.*)$/, "$1 weglaten"],
    [/^(\d+)MB per file.*$/, "of sleep ze hierheen; hoogstens $1 MB per bestand"],
    [/^Error: (?:File must be )?(\d+)MB or smaller\.?$/, "Dit bestand is groter dan $1 MB."],
    [/^File must be (\d+)MB or smaller\.?$/, "Dit bestand is groter dan $1 MB."],
    [/^Error: (.*)$/, "Dit bestand kon niet gekozen worden ($1)"],
  ];
  const dutch = (text) => {
    const found = WORDS.find(([english]) => english.test(text.trim()));
    return found ? text.trim().replace(found[0], found[1]) : text;
  };
  const translate = () => {
    for (const field of document.querySelectorAll(FIELD)) {
      field.querySelector('[role="presentation"][tabindex]')?.removeAttribute("role");
      for (const element of field.querySelectorAll("[aria-label]")) {
        const label = dutch(element.getAttribute("aria-label"));
        if (label !== element.getAttribute("aria-label")) element.setAttribute("aria-label", label);
      }
      const texts = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode;
        const words = dutch(node.nodeValue);
        if (words !== node.nodeValue) node.nodeValue = words;
      }
    }
  };
  translate();
  if (window.translatesUploader) return;
  window.translatesUploader = true;
  new MutationObserver(translate).observe(document.body, { childList: true, subtree: true, characterData: true });
})();
