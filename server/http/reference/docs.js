/** Finds, filters and folds the operations of the reference; without it the page is whole, only longer to read. */
const form = document.querySelector('.finder');
const operations = Array.from(document.querySelectorAll('.operation'));
const rooms = Array.from(document.querySelectorAll('.room'));
const status = form.querySelector('[role="status"]');
const fold = form.querySelector('button');
const contents = document.querySelector('.contents');

form.hidden = false;
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', find);
let allOpen = false;
fold.addEventListener('click', () => openAll(!allOpen));

const narrow = window.matchMedia('(max-width: 60rem)');
if (narrow.matches) contents.open = false;
contents.addEventListener('click', (event) => {
  if (narrow.matches && event.target.closest('a') !== null) contents.open = false;
});

window.addEventListener('hashchange', openNamed);
openNamed();

let folded = [];
window.addEventListener('beforeprint', () => {
  folded = operations.filter((one) => !one.open && !one.hidden);
  for (const one of folded) one.open = true;
});
window.addEventListener('afterprint', () => {
  for (const one of folded) one.open = false;
});

function find() {
  const words = form.elements.q.value.trim().toLowerCase().split(/\s+/);
  const who = form.elements.who.value;
  let found = 0;
  for (const one of operations) {
    const fits =
      words.every((word) => one.dataset.words.includes(word)) &&
      (who === '' || one.dataset.who.split(' ').includes(who));
    one.hidden = !fits;
    if (fits) found += 1;
  }
  for (const room of rooms) room.hidden = room.querySelector('.operation:not([hidden])') === null;
  status.textContent = found === 0 ? status.dataset.none : status.dataset.found.replace('{n}', String(found));
}

function openAll(open) {
  allOpen = open;
  for (const one of operations) one.open = open && !one.hidden;
  fold.textContent = open ? fold.dataset.close : fold.dataset.open;
}

/** An address with the name of an operation opens it. */
function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named === null || !named.classList.contains('operation')) return;
  named.open = true;
  named.scrollIntoView();
}
