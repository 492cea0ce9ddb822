// What the browser keeps is told as the page is loaded: the conversations' names, and the one open in this tab.
(state, kept) => {
  const cards = [];
  let open = null;
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const name = localStorage.key(i);
      if (name.startsWith("rq-conversation:")) {
        const one = JSON.parse(localStorage.getItem(name));
        cards.push({ key: name.slice(16), name: one.name, count: one.count, when: one.when });
      }
    }
    cards.sort((a, b) => b.when - a.when);
    const key = sessionStorage.getItem("rq-open");
    const stored = key && localStorage.getItem(`rq-conversation:${key}`);
    if (stored) open = { key, ...JSON.parse(stored) };
  } catch (error) {
    // Storage is closed in some offices' browsers; the page works without.
  }
  return [state, JSON.stringify({ list: cards, open })];
}
