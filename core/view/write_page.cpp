// The interactive page: data as JSON, a script of our own that lays it out, and a plain table for a browser without scripts.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/view/grid.h"
#include "core/view/page.h"

namespace meerstem::view {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kPageStyle[] = R"css(
:root{--ink:#1a1a1a;--quiet:#555;--line:#bbb;--paper:#fff;--soft:#f3f3f3;--mark:#0b5cad}
*{box-sizing:border-box}body{font:16px/1.5 sans-serif;margin:0 auto;max-width:76rem;padding:1rem;color:var(--ink);background:var(--paper)}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2rem}.population,.notes,.quiet{color:var(--quiet);font-size:.9rem}
fieldset{border:1px solid var(--line);border-radius:.3rem;margin:0;padding:.3rem .8rem .6rem;min-width:0}legend{font-weight:bold;padding:0 .3rem}
.filters{display:flex;flex-wrap:wrap;gap:.8rem;margin:1rem 0}.filters label{display:block;padding:.1rem 0}.bar{display:flex;flex-wrap:wrap;gap:1rem;align-items:center}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}thead th{background:var(--soft)}td.n{text-align:right;font-variant-numeric:tabular-nums;padding:0}
td.n button{font:inherit;color:var(--mark);background:none;border:0;padding:.3rem .6rem;width:100%;text-align:right;cursor:pointer;text-decoration:underline}
td.n button[aria-pressed=true]{background:var(--mark);color:#fff}td.n span{padding:.3rem .6rem;display:block;color:var(--quiet)}
button:focus-visible,select:focus-visible,input:focus-visible,summary:focus-visible,h2:focus-visible{outline:3px solid #e69f00;outline-offset:1px}
blockquote{margin:1rem 0;padding:.2rem 0 .2rem 1rem;border-left:.25rem solid var(--line)}blockquote p{margin:.2rem 0;white-space:pre-line}cite{font-style:normal;color:var(--quiet);font-size:.9rem}
details{margin:.2rem 0}summary{cursor:pointer;color:var(--mark)}.context{white-space:pre-line;background:var(--soft);padding:.6rem;border-radius:.3rem}
button.plain,select{font:inherit;padding:.25rem .6rem}.finding{border-top:1px solid var(--line);padding:.3rem 0}.finding dl{margin:.3rem 0}.finding dt{font-weight:bold}.finding dd{margin:0 0 .4rem;white-space:pre-line}
.facts td:first-child{color:var(--quiet)}
@media (max-width:40rem){body{padding:.6rem}.filters{flex-direction:column}th,td{padding:.25rem .35rem;font-size:.9rem}}
@media print{.filters,.bar{display:none}}
)css";

// Plain JavaScript for any browser of the last years; nothing is fetched, nothing is stored.
constexpr char kScript[] = R"js(
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent), say = data.say;
  const chosen = data.facets.map(f => new Set(f.values.map((_, i) => i)));
  let column = Math.max(0, data.facets.findIndex(f => f.key === data.column)), open = null;
  const make = (tag, text, attributes) => {
    const e = document.createElement(tag);
    if (text !== undefined && text !== null) e.textContent = text;
    for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
    return e;
  };
  const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (_, i) => values[i]);
  const label = v => (v.glyph ? v.glyph + ' ' : '') + v.label;
  // A quote that has no value of a facet is only left out while something of that facet is.
  const passes = q => data.facets.every((f, i) => chosen[i].size === f.values.length || q.values[i].some(v => chosen[i].has(v)));
  const inCell = (q, row, col) => (row === null || q.rows.includes(row)) && (col === null || (col === -1 ? q.values[column].length === 0 : q.values[column].includes(col)));

  function filters() {
    const box = document.getElementById('filters');
    data.facets.forEach((facet, f) => {
      const set = make('fieldset');
      set.append(make('legend', facet.label));
      facet.values.forEach((value, v) => {
        const line = make('label'), input = make('input', null, {type: 'checkbox', id: 'f' + f + '-' + v});
        input.checked = true;
        input.addEventListener('change', () => { input.checked ? chosen[f].add(v) : chosen[f].delete(v); draw(); });
        line.append(input, ' ' + label(value));
        set.append(line);
      });
      box.append(set);
    });
    const select = document.getElementById('columns');
    data.facets.forEach((facet, f) => select.append(make('option', facet.label, {value: f})));
    select.value = column;
    select.addEventListener('change', () => { column = Number(select.value); open = null; draw(); });
    document.getElementById('all').addEventListener('click', () => {
      document.querySelectorAll('#filters input').forEach(i => { i.checked = true; });
      data.facets.forEach((f, i) => { f.values.forEach((_, v) => chosen[i].add(v)); });
      draw();
    });
  }

  function cell(quotes, row, col, name) {
    const td = make('td', null, {class: 'n'}), n = quotes.filter(q => inCell(q, row, col)).length;
    if (n === 0) { td.append(make('span', '0')); return td; }
    const here = open && open.row === row && open.col === col;
    const button = make('button', String(n), {type: 'button', 'aria-pressed': here ? 'true' : 'false', 'aria-label': fill(say.open, n, name)});
    button.dataset.row = row === null ? '' : row;
    button.dataset.col = col === null ? '' : col;
    button.addEventListener('click', () => {
      open = {row, col, name};
      draw();
      document.getElementById('quotes-title').focus();
    });
    td.append(button);
    return td;
  }

  function draw() {
    const quotes = data.quotes.filter(passes), facet = data.facets[column], table = document.getElementById('display');
    const focus = document.activeElement && document.activeElement.dataset && document.activeElement.tagName === 'BUTTON' ? {...document.activeElement.dataset} : null;
    table.replaceChildren();
    table.append(make('caption', fill(say.caption, data.row_title, facet.label, quotes.length, data.quotes.length)));
    const shown = facet.values.map((v, i) => i).filter(i => chosen[column].has(i));
    const outside = data.quotes.some(q => q.values[column].length === 0);
    const head = make('tr'), top = make('thead'), body = make('tbody');
    head.append(make('th', data.row_title, {scope: 'col'}));
    shown.forEach(i => head.append(make('th', label(facet.values[i]), {scope: 'col'})));
    if (outside) head.append(make('th', say.none, {scope: 'col'}));
    head.append(make('th', say.total, {scope: 'col'}));
    top.append(head);
    const line = (row, name) => {
      const tr = make('tr');
      tr.append(make('th', name, {scope: 'row'}));
      shown.forEach(i => tr.append(cell(quotes, row, i, name + ', ' + facet.values[i].label)));
      if (outside) tr.append(cell(quotes, row, -1, name + ', ' + say.none));
      tr.append(cell(quotes, row, null, name));
      return tr;
    };
    data.rows.forEach((r, i) => body.append(line(i, r.label)));
    body.append(line(null, say.total));
    table.append(top, body);
    if (focus && 'row' in focus) {
      const again = [...table.querySelectorAll('button')].find(b => b.dataset.row === focus.row && b.dataset.col === focus.col);
      if (again) again.focus();
    }
    list(quotes);
    document.getElementById('status').textContent = fill(say.status, quotes.length, data.quotes.length);
  }

  function list(quotes) {
    const box = document.getElementById('quotes'), title = document.getElementById('quotes-title');
    box.replaceChildren();
    if (!open) { title.textContent = say.quotes; box.append(make('p', say.choose, {class: 'quiet'})); return; }
    const found = quotes.filter(q => inCell(q, open.row, open.col));
    title.textContent = fill(say.behind, open.name, found.length);
    if (found.length === 0) box.append(make('p', say.left, {class: 'quiet'}));
    for (const q of found) {
      const quote = make('blockquote');
      quote.append(make('p', q.text));
      if (q.reference) {
        const from = make('p');
        from.append(make('cite', '— ' + q.reference));
        quote.append(from);
      }
      if (q.before || q.after) {
        const more = make('details');
        const context = make('p', null, {class: 'context'});
        context.append(q.before ? '… ' + q.before : '', make('mark', q.text), q.after ? q.after + ' …' : '');
        more.append(make('summary', say.context), context);
        quote.append(more);
      }
      box.append(quote);
    }
  }
  document.getElementById('live').hidden = false;
  filters();
  draw();
})();
)js";

/// JSON inside a script element: nothing in it may end the element.
std::string Embedded(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace), safe;
  for (const char c : text) {
    if (c == '<') safe += "\\u003c";
    else if (c == '>') safe += "\\u003e";
    else if (c == '&') safe += "\\u0026";
    else safe += c;
  }
  return safe;
}

Json ValuesOf(const std::vector<Page::Value>& values, const Language& language) {
  Json all = Json::array();
  for (const auto& value : values) all.push_back({{"key", value.key}, {"label", language(value.label)}, {"glyph", value.glyph}});
  return all;
}

Json DataOf(const Page& page, const Language& language) {
  Json data;
  data["row_title"] = language(page.row_title);
  data["column"] = page.facets.empty() ? "" : page.facets.back().key;
  data["rows"] = ValuesOf(page.rows, language);
  data["facets"] = Json::array();
  for (const auto& facet : page.facets) data["facets"].push_back({{"key", facet.key}, {"label", language(facet.label)}, {"values", ValuesOf(facet.values, language)}});
  data["quotes"] = Json::array();
  for (const auto& quote : page.quotes) {
    data["quotes"].push_back({{"text", quote.text}, {"before", quote.before}, {"after", quote.after}, {"reference", language(quote.reference)}, {"rows", quote.rows}, {"values", quote.values}});
  }
  data["say"] = {{"total", language(Say("Total"))},
                 {"none", language(Say("Not stated"))},
                 {"quotes", language(Say("Quotes"))},
                 {"context", language(Say("The words around it"))},
                 {"choose", language(Say("Choose a number to read the quotes behind it."))},
                 {"left", language(Say("The filters leave no quote here."))},
                 // The script fills the places in; so they stay as they are.
                 {"caption", language(Say("{0} by {1}: {2} of {3} quotes", "{0}", "{1}", "{2}", "{3}"))},
                 {"open", language(Say("{0} quotes: {1}", "{0}", "{1}"))},
                 {"behind", language(Say("Quotes behind {0} ({1})", "{0}", "{1}"))},
                 {"status", language(Say("{0} of {1} quotes pass the filters.", "{0}", "{1}"))}};
  return data;
}

/// For a browser without scripts, and for print: rows against the last facet.
std::string PlainTable(const Page& page, const Language& language) {
  if (page.facets.empty()) return {};
  const auto& facet = page.facets.back();
  const std::size_t f = page.facets.size() - 1;
  std::string out = "<table>\n<thead><tr><th scope=\"col\">" + Escape(language(page.row_title)) + "</th>";
  for (const auto& value : facet.values) out += "<th scope=\"col\">" + Escape(language(value.label)) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t r = 0; r < page.rows.size(); ++r) {
    out += "<tr><th scope=\"row\">" + Escape(language(page.rows[r].label)) + "</th>";
    for (std::size_t v = 0; v < facet.values.size(); ++v) {
      std::int64_t n = 0;
      for (const auto& quote : page.quotes) {
        n += std::find(quote.rows.begin(), quote.rows.end(), r) != quote.rows.end() && std::find(quote.values[f].begin(), quote.values[f].end(), v) != quote.values[f].end();
      }
      out += "<td class=\"n\"><span>" + language.Number(n) + "</span></td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string FindingsOf(const Page& page, const Language& language) {
  if (page.findings.empty()) return {};
  std::string out = "<h2>" + Escape(language(Say("Findings"))) + "</h2>\n";
  const auto part = [&](const Message& label, const std::string& words) {
    if (!words.empty()) out += "<dt>" + Escape(language(label)) + "</dt><dd>" + Escape(words) + "</dd>\n";
  };
  for (const auto& finding : page.findings) {
    const std::string fit = language(finding.fit);
    out += "<details class=\"finding\"><summary>" + Escape(finding.construct + (fit.empty() ? "" : " — " + finding.glyph + " " + fit)) + "</summary>\n<dl>\n";
    part(Say("Finding"), finding.statement);
    std::string numbers = finding.quantitative;
    for (const auto& number : finding.numbers) numbers += (numbers.empty() ? "" : "\n") + language(Say("{0}: {1}", number.what, ShowCell(number.value, ColumnType::kInteger, language)));
    part(Say("What the numbers say"), numbers);
    part(Say("What the voices say"), finding.qualitative);
    part(Say("Meta-inference"), finding.inference);
    out += "</dl></details>\n";
  }
  return out;
}

}  // namespace

std::string WritePage(const Model& model, const Language& language) {
  const Page& page = *model.page;
  const std::string title = Escape(language(model.title));
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + language.tag() + "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    // Nothing comes from elsewhere, whatever a text may hold.
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>" +
                    title + "</title>\n<style>" + kPageStyle + "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n";
  if (const std::string population = PopulationLine(model.population, language); !population.empty()) out += "<p class=\"population\">" + Escape(population) + "</p>\n";
  for (const auto& [caption, lines] : page.tables) {
    out += "<h2>" + Escape(language(caption)) + "</h2>\n<div class=\"scroll\"><table class=\"facts\"><tbody>\n";
    for (const auto& line : lines) out += "<tr><td>" + Escape(language(line.what)) + "</td><td>" + Escape(ShowCell(line.value, ColumnType::kInteger, language)) + "</td></tr>\n";
    out += "</tbody></table></div>\n";
  }
  out += "<h2>" + Escape(language(Say("Voices and outcomes"))) + "</h2>\n<noscript>" + PlainTable(page, language) + "</noscript>\n<div id=\"live\" hidden>\n<div class=\"bar\"><label>" +
         Escape(language(Say("Columns"))) + " <select id=\"columns\"></select></label> <button type=\"button\" class=\"plain\" id=\"all\">" + Escape(language(Say("Take all filters away"))) +
         "</button> <span id=\"status\" role=\"status\" class=\"quiet\"></span></div>\n<div class=\"filters\" id=\"filters\"></div>\n<div class=\"scroll\"><table id=\"display\"></table></div>\n"
         "<h2 id=\"quotes-title\" tabindex=\"-1\"></h2>\n<div id=\"quotes\"></div>\n</div>\n" +
         FindingsOf(page, language);
  if (!model.notes.empty()) {
    out += "<ul class=\"notes\">\n";
    for (const auto& note : model.notes) out += "<li>" + Escape(language(note)) + "</li>\n";
    out += "</ul>\n";
  }
  return out + "</main>\n<script type=\"application/json\" id=\"data\">" + Embedded(DataOf(page, language)) + "</script>\n<script>" + kScript + "</script>\n</body>\n</html>\n";
}

}  // namespace meerstem::view
