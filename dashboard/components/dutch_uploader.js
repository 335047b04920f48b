// Streamlit's field for files speaks English and has no setting for its words: put ours in their place, also in what
// it draws later. Its drop zone says that it is for presentation only and yet takes the focus; a reader needs the latter.
(() => {
  // Why a file is refused also stands in a balloon, which is drawn outside the field.
  const FIELD = '[data-testid="stFileUploader"], [data-testid="stTooltipErrorContent"]';
  const WORDS = [
    [/^Upload$/, "Bestanden kiezen"],
    [/^file upload$/, "Bestanden kiezen"],
    [/^Add files$/, "Bestanden toevoegen"],
    [/^add icon$/, "toevoegen"],
    [/^Remove (.*)$/, "$1 weglaten"],
    [/^(\d+)MB per file.*$/, "of sleep ze hierheen; hoogstens $1 MB per bestand"],
    [/^(.*, )?(\d+)\.(\d)([KMG]?B)$/, "$1$2,$3 $4"],
    [/^Error:$/, "Fout:"],
    [/^File must be (\d+)(?:\.\d+)?MB or smaller\.$/, "Te groot: hoogstens $1 MB. Laad wat groter is met de opdrachtregel."],
    [/^Only one file is allowed\.$/, "Kies één bestand."],
    [/^(?:\w*Error: .+|\w+ Error|Upload failed|Request .*|Unexpected error.*)$/, "Het bestand kwam niet over. Kies het opnieuw."],
    [/^Click to retry upload$/, "Opnieuw proberen"],
  ];
  const dutch = (text) => {
    const words = text.trim();
    const found = WORDS.find(([english]) => english.test(words));
    return found ? text.replace(words, () => words.replace(found[0], found[1])) : text;
  };
  const translate = () => {
    for (const field of document.querySelectorAll(FIELD)) {
      field.querySelector('[role="presentation"][tabindex]')?.removeAttribute("role");
      for (const name of ["aria-label", "title"]) {
        for (const element of field.querySelectorAll(`[${name}]`)) {
          const words = dutch(element.getAttribute(name));
          if (words !== element.getAttribute(name)) element.setAttribute(name, words);
        }
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
