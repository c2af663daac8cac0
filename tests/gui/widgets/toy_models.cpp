#include "tests/gui/widgets/toy_models.h"

namespace meerstem::gui::testing {
namespace {

using namespace view;

Message W(const char* words) { return Verbatim(std::string(words)); }

Cell C(Value value) { return {.value = std::move(value)}; }

Cell InState(State state, const char* why = "", Value value = {}) { return {.value = std::move(value), .state = state, .why = W(why)}; }

Target See(const char* view) { return {view, {}}; }

Heading H(const char* key, const char* label, const char* note = "", const char* colour = "") {
  return {.key = key, .label = W(label), .entities = {{"code", ToyId(static_cast<int>(std::string(key).size()) + 40)}}, .colour = colour, .note = W(note)};
}

}  // namespace

Id ToyId(int number) {
  Id id;
  id.bytes[0] = 1;
  id.bytes[14] = static_cast<std::uint8_t>(number / 256);
  id.bytes[15] = static_cast<std::uint8_t>(number % 256);
  return id;
}

std::shared_ptr<const Model> ToyTable() {
  auto model = std::make_shared<Model>();
  model->view = "toy.table";
  model->title = W("Teruggevonden citaten");
  std::vector<Row> rows;
  for (int i = 0; i < 40; ++i) {
    Row row;
    row.key = "r" + std::to_string(i);
    row.entities = {{"quote", ToyId(i)}};
    row.target = See("coding.document");
    row.cells = {
        C(std::string(i % 3 == 0 ? "Ze bleef gewoon komen, ook toen wij de deur niet opendeden. En op een dag dacht ik: die meent het, die geeft niet op."
                                 : "Kort antwoord.")),
        C(std::string("Samenwerking en afstemming tussen hulpverleners")),
        i % 4 == 1 ? InState(State::kCarried, "sinds 12/03/2024", std::int64_t{4}) : C(std::int64_t{1234 * i}),
        i % 5 == 2 ? InState(State::kUndefined, "geen variatie in de antwoorden") : C(0.5 * i),
        i % 7 == 3 ? InState(State::kNotApplicable) : i % 7 == 4 ? InState(State::kUnknown) : i % 7 == 5 ? InState(State::kSilent) : C(Date{2024, 1 + i % 12, 3}),
        C(12.5 * (i % 8))};
    row.cells[1].colour = i % 2 ? "#4e79a7" : "#f28e2b";
    row.cells[1].edit = Edit{"coding.recode", {{"quote", ToyId(i)}}, "code", ParameterType::kChoice, {{"a", W("Vertrouwen")}, {"b", W("Nabijheid en tijd")}}};
    row.cells[2].edit = Edit{"coding.weigh", {{"quote", ToyId(i)}}, "weight", ParameterType::kInteger, {}};
    rows.push_back(row);
  }
  model->body = Table{{{"text", W("Citaat")}, {"code", W("Code")}, {"n", W("Aantal woorden in het gesprek"), ColumnType::kInteger},
                       {"score", W("Score"), ColumnType::kReal}, {"day", W("Datum"), ColumnType::kDate}, {"share", W("Aandeel"), ColumnType::kPercent}},
                      MakeRows(rows)};
  return model;
}

std::shared_ptr<const Model> ToyLargeTable(std::size_t count) {
  struct Made final : Rows {
    explicit Made(std::size_t n) : count(n) {}
    std::size_t Count() const override { return count; }
    std::string Key(std::size_t index) const override { return std::to_string(index); }
    std::vector<Row> Page(Reading&, std::size_t first, std::size_t n) const override {
      std::vector<Row> rows;
      for (std::size_t i = first; i < std::min(count, first + n); ++i) {
        rows.push_back({.key = Key(i), .cells = {C(static_cast<std::int64_t>(i)), C("Rij " + std::to_string(i))}});
      }
      return rows;
    }
    std::size_t count;
  };
  auto model = std::make_shared<Model>();
  model->title = W("Een miljoen rijen");
  model->body = Table{{{"n", W("Nummer"), ColumnType::kInteger}, {"words", W("Woorden")}}, std::make_shared<Made>(count)};
  return model;
}

std::shared_ptr<const Model> ToyTree() {
  auto model = std::make_shared<Model>();
  model->title = W("Codeboek");
  Tree tree{W("Code"), {{"quotes", W("Citaten"), ColumnType::kInteger}, {"people", W("Personen"), ColumnType::kInteger}}, {}};
  const auto add = [&](const char* key, const char* parent, const char* label, const char* colour, std::int64_t quotes) {
    Node node{.key = key, .parent = parent, .label = W(label), .cells = {C(quotes), quotes % 2 ? C(quotes / 2) : InState(State::kSuppressed, "minder dan vijf personen")},
              .entities = {{"code", ToyId(static_cast<int>(tree.nodes.size()))}}, .target = See("coding.retrieve"), .colour = colour};
    node.rename = Edit{"coding.rename-code", {{"code", ToyId(static_cast<int>(tree.nodes.size()))}}, "name", ParameterType::kText, {}};
    tree.nodes.push_back(node);
  };
  add("1", "", "Vertrouwen", "#4e79a7", 31);
  add("1.1", "1", "Nabijheid", "#76b7b2", 14);
  add("1.2", "1", "Blijven komen, ook als de deur niet opengaat", "#59a14f", 9);
  add("1.2.1", "1.2", "Aanklampend werken zonder op te dringen", "#8cd17d", 3);
  add("2", "", "Samenwerking tussen voorzieningen en onderlinge afstemming", "#f28e2b", 22);
  add("2.1", "2", "Doorverwijzen", "#ffbe7d", 7);
  add("3", "", "Wonen", "#e15759", 0);
  model->body = tree;
  model->drops = {{"code", "code", "coding.move-code", "code", "parent"}};
  return model;
}

std::shared_ptr<const Model> ToyMatrix() {
  auto model = std::make_shared<Model>();
  model->title = W("Thema's per betrokkene");
  model->alternative = W("Vertrouwen wordt door de meeste gezinnen genoemd.");
  Matrix matrix;
  matrix.row_title = W("Thema");
  matrix.column_title = W("Soort betrokkene");
  matrix.rows = {H("r1", "Vertrouwen"), H("r2", "Samenwerking en onderlinge afstemming"), H("r3", "Meervoudige kwetsbaarheidsproblematiek", "n = 12"), H("r4", "Verantwoordelijkheidsverdeling")};
  matrix.rows[1].depth = 1;
  matrix.columns = {H("c1", "Gezin", "", "#4e79a7"), H("c2", "Gezinscoach"), H("c3", "Trajectbegeleider"), H("c4", "Arbeidsmarktbemiddelaar"), H("c5", "Coördinator lokaal bestuur", "n = 3")};
  for (std::size_t r = 0; r < 4; ++r) {
    std::vector<Cell> row;
    for (std::size_t c = 0; c < 5; ++c) {
      Cell cell = C(static_cast<std::int64_t>(r * 3 + c));
      cell.parts = {{"gesprekken", std::int64_t(r + 1)}, {"citaten", std::int64_t(r * 7 + c)}};
      cell.target = See("coding.retrieve");
      if ((r + c) % 4 == 0) cell.colour = "#a6d8b8", cell.glyph = "▲";
      if ((r + c) % 5 == 3) cell = InState(State::kSilent, "gevraagd, niets gezegd");
      if (r == 3 && c == 0) cell = InState(State::kSuppressed, "minder dan vijf personen");
      if (r == 2 && c == 2) {
        cell = C(std::string("Gezinnen zeggen dat ze het vaak zelf moeten uitzoeken, en dat dit moe maakt."));
        cell.edit = Edit{"triangulation.note", {}, "text", ParameterType::kProse, {}};
      }
      row.push_back(cell);
    }
    matrix.cells.push_back(row);
    matrix.row_totals.push_back(C(std::int64_t(20 + r)));
  }
  for (int c = 0; c < 5; ++c) matrix.column_totals.push_back(C(std::int64_t(30 + c)));
  matrix.total = C(std::int64_t{123});
  matrix.threshold_after = 1;
  model->body = matrix;
  return model;
}

std::shared_ptr<const Model> ToyChart(ChartKind kind) {
  auto model = std::make_shared<Model>();
  model->title = W("Huisvesting: begin en opvolging");
  model->alternative = W("Bij de opvolging staan meer gezinnen op 4 of 5 dan bij het begin.");
  Chart chart;
  chart.kind = kind;
  chart.category_title = W("Score");
  chart.value_title = W("Gezinnen");
  chart.categories = {H("1", "Zeer zorgwekkend"), H("2", "Zorgwekkend"), H("3", "Aanvaardbaar"), H("4", "Goed"), H("5", "Uitstekend")};
  chart.series = {H("b", "Begin", "n = 90", "#4e79a7"), H("f", "Opvolging", "n = 56", "#f28e2b")};
  for (int i = 0; i < 5; ++i) {
    Cell begin = C(std::int64_t{10 + 7 * i % 23});
    begin.target = See("registrations.cases");
    chart.cells.push_back({begin, i == 3 ? InState(State::kSuppressed, "minder dan vijf gezinnen") : C(std::int64_t{4 + 5 * i % 17})});
  }
  model->body = chart;
  return model;
}

std::shared_ptr<const Model> ToyText(int repeat) {
  auto model = std::make_shared<Model>();
  model->title = W("Gesprek met een gezin");
  CodedText text;
  text.source = {"source", ToyId(900)};
  std::int64_t at = 0;
  const auto run = [&](const std::string& words, Run::Role role = Run::Role::kWords, std::int64_t stored = -1) {
    const std::int64_t length = stored >= 0 ? stored : CountCodePoints(words);
    text.runs.push_back({words, {at, at + length}, role});
    at += length;
  };
  for (int i = 0; i < repeat; ++i) {
    const std::string n = std::to_string(i);
    const auto turn = [&](const char* label, const char* speaker, const char* stakeholder, bool researcher, auto&& words) {
      Turn t{.key = "t" + std::to_string(text.turns.size()), .speaker = W(speaker), .stakeholder = W(stakeholder), .researcher = researcher,
             .entities = {{"turn", ToyId(500)}, {"person", ToyId(501)}}};
      t.label.start = at;
      run(label, Run::Role::kLabel);
      t.label.end = at;
      run(" ");
      t.words.start = at;
      words();
      t.words.end = at;
      run("\n\n");
      text.turns.push_back(t);
    };
    const auto mark = [&](Range range, const char* code, const char* colour, int lane) {
      text.marks.push_back({.key = "m" + std::to_string(text.marks.size()), .range = range, .code = W(code), .colour = colour, .lane = lane, .coder = W("An"),
                            .entities = {{"coding", ToyId(600 + lane)}, {"quote", ToyId(700)}, {"code", ToyId(lane)}}});
      text.lanes = std::max(text.lanes, lane + 1);
    };
    turn("Interviewer:", "Interviewer", "Onderzoeker", true, [&] { run("Hoe is het begonnen, die eerste keer dat er iemand bij jullie thuis kwam?"); });
    Range first, second;
    turn("Moeder:", "Fatima (schuilnaam)", "Gezin", false, [&] {
      first.start = at;
      run("Ja, in het begin wou ik dat niet, hè. Er was al zoveel volk over de vloer geweest 🙂. Maar ");
      run("[begeleidster]", Run::Role::kReplaced, 6);
      second.start = at;
      run(" bleef gewoon komen, ook toen wij de deur niet opendeden.");
      first.end = at;
      run(" En op een dag dacht ik: die meent het, die geeft niet op. Dan heb ik koffie gezet. Zo simpel is dat eigenlijk, achteraf gezien: iemand die blijft komen en die niet meteen een papier op tafel legt. Dat "
          "vertrouwen, dat komt niet van de ene dag op de andere.");
      second.end = at;
    });
    mark(first, "Vertrouwen/Blijven komen, ook als de deur niet opengaat", "#59a14f", 0);
    mark(second, "Nabijheid", "#4e79a7", 1);
    turn("Vader:", "Vader", "Gezin", false, [&] { run("Ze belde ook altijd eerst. Altijd."); });
    turn("Interviewer:", "Interviewer", "Onderzoeker", true, [&] { run("En wat veranderde er dan?"); });
    turn("Moeder:", "Fatima (schuilnaam)", "Gezin", false, [&] {
      const Range range{at, at + 46};
      run("Samen naar het OCMW, samen naar de school. Ze ging mee, maar ik moest zelf praten. Dat was belangrijk voor mij. "
          "Voor de e\u0301cht moeilijke dingen zei ze: we oefenen dat eerst hier, aan de keukentafel.");
      mark(range, "Samenwerking tussen voorzieningen", "#f28e2b", 0);
    });
  }
  model->drops = {{"code", "span", "coding.apply", "code", "span"}};
  model->body = text;
  return model;
}

std::shared_ptr<const Model> ToyProse() {
  auto model = std::make_shared<Model>();
  model->title = W("Hoofdstuk: vertrouwen");
  Prose prose;
  const auto block = [&](Block::Kind kind, const char* words) -> Block& {
    prose.blocks.push_back({.key = "b" + std::to_string(prose.blocks.size()), .kind = kind, .text = W(words), .entities = {{"block", ToyId(static_cast<int>(prose.blocks.size()))}}});
    Block& made = prose.blocks.back();
    if (kind == Block::Kind::kHeading || kind == Block::Kind::kParagraph) made.edit = Edit{"themes.write", {{"block", made.entities[0].id}}, "text", ParameterType::kProse, {}};
    made.actions = {{W("Omhoog verplaatsen"), "themes.move-block", {}}, {W("Verwijderen"), "themes.remove-block", {}}};
    return made;
  };
  block(Block::Kind::kHeading, "Vertrouwen komt te voet");
  block(Block::Kind::kParagraph, "Gezinnen beschrijven het begin van de begeleiding bijna altijd als een periode van afwachten. Dat iemand blijft komen weegt "
                                 "zwaarder dan wat er in die eerste weken wordt aangeboden. Coaches herkennen dit, maar noemen vaker de tijd die het kost.");
  Block& quote = block(Block::Kind::kQuote, "Ze bleef gewoon komen, ook toen wij de deur niet opendeden. En op een dag dacht ik: die meent het.");
  quote.reference = W("Moeder, gezin in Gent, gesprek van 12/03/2024");
  quote.target = See("coding.document");
  Block& stale = block(Block::Kind::kQuote, "Samen naar het OCMW, samen naar de school.");
  stale.reference = W("Moeder, gezin in Gent");
  stale.state = State::kStale;
  stale.why = W("de transcriptie is sindsdien verbeterd");
  stale.target = See("coding.document");
  block(Block::Kind::kHeading, "Wie spreekt er over vertrouwen?").level = 2;
  Block& withheld = block(Block::Kind::kQuote, "");
  withheld.state = State::kSuppressed;
  withheld.why = W("geen toestemming om uit dit gesprek te citeren");
  Block& figure = block(Block::Kind::kFigure, "Figuur 1. Huisvesting bij het begin en bij de opvolging.");
  figure.figure = ToyChart(ChartKind::kBars);
  block(Block::Kind::kParagraph, "");
  model->body = prose;
  return model;
}

std::shared_ptr<const Model> ToyForm() {
  auto model = std::make_shared<Model>();
  model->title = W("Registratie van 14/06/2025");
  Form form;
  form.sections = {{"wonen", W("Huisvesting en woonomgeving")}, {"werk", W("Arbeidsmarktpositie en inkomen")}};
  const std::vector<Choice> scale = {{"1", W("1 Zeer zorgwekkend")}, {"2", W("2 Zorgwekkend")}, {"3", W("3 Aanvaardbaar, met ondersteuning")},
                                     {"4", W("4 Goed")}, {"5", W("5 Uitstekend, zelfredzaam")}};
  const auto rating = [&](const char* key, const char* section, const char* label, Cell value) -> Field& {
    form.fields.push_back({.key = key, .section = section, .label = W(label), .type = ParameterType::kChoice, .choices = scale, .value = std::move(value)});
    Field& field = form.fields.back();
    field.edit = Edit{"registrations.answer", {{"item", std::string(key)}}, "value", ParameterType::kChoice, scale};
    field.actions = {{W("Bevestigen"), "registrations.confirm", {{"item", std::string(key)}}},
                     {W("Niet van toepassing"), "registrations.not-applicable", {{"item", std::string(key)}}},
                     {W("Onbekend"), "registrations.unknown", {{"item", std::string(key)}}}};
    field.remark = Edit{"registrations.remark", {{"item", std::string(key)}}, "text", ParameterType::kProse, {}};
    return field;
  };
  rating("w1", "wonen", "Betaalbaarheid van de woning", InState(State::kCarried, "sinds 03/12/2024", std::string("3"))).help = W("Huur of afbetaling, energie en water samen, tegenover het inkomen.");
  rating("w2", "wonen", "Woonkwaliteit en verantwoordelijkheid voor de directe woonomgeving", C(std::string("4"))).remark_text = W("Schimmel in de slaapkamer is weg.");
  rating("w3", "wonen", "Stabiliteit", InState(State::kEmpty));
  rating("a1", "werk", "Werk van de volwassenen in het gezin", InState(State::kNotApplicable));
  form.fields.push_back({.key = "d", .section = "werk", .label = W("Datum van inschrijving"), .type = ParameterType::kDate, .value = C(Date{2025, 6, 14}),
                         .error = W("Deze datum ligt na vandaag."), .edit = Edit{"registrations.day", {}, "date", ParameterType::kDate, {}}});
  form.fields.push_back({.key = "o", .section = "werk", .label = W("Aanleiding"), .type = ParameterType::kChoice, .choices = {{"s", W("Start")}, {"h", W("Halfjaarlijkse opvolging")}},
                         .value = C(std::string("h")), .edit = Edit{"registrations.occasion", {}, "occasion", ParameterType::kChoice, {{"s", W("Start")}, {"h", W("Halfjaarlijkse opvolging")}}}});
  form.fields.push_back({.key = "p", .section = "werk", .label = W("Opmerking bij de registratie"), .type = ParameterType::kProse, .value = C(std::string("Gesprek bij het gezin thuis.")),
                         .edit = Edit{"registrations.note", {}, "note", ParameterType::kProse, {}}});
  form.fields.push_back({.key = "b", .section = "werk", .label = W("Het gezin was zelf aanwezig bij het invullen"), .type = ParameterType::kBoolean, .value = C(std::int64_t{1}),
                         .edit = Edit{"registrations.present", {}, "present", ParameterType::kBoolean, {}}});
  form.next_unanswered = "w3";
  form.actions = {{W("Alles bevestigen wat ongewijzigd bleef"), "registrations.confirm-all", {}}};
  model->body = form;
  return model;
}

std::shared_ptr<const Model> ToyEmpty(Kind kind) {
  auto model = std::make_shared<Model>();
  model->title = W("Leeg");
  model->empty = W("Er zijn nog geen gesprekken in deze studie. Voeg een transcriptie toe (txt, md of docx) om te beginnen met lezen en coderen.");
  model->actions = {{W("Een gesprek toevoegen"), "documents.import", {}}};
  switch (kind) {
    case Kind::kTable: model->body = Table{}; break;
    case Kind::kMatrix: model->body = Matrix{}; break;
    case Kind::kChart: model->body = Chart{}; break;
    case Kind::kTree: model->body = Tree{}; break;
    case Kind::kCodedText: model->body = CodedText{}; break;
    case Kind::kProse: model->body = Prose{}; break;
    case Kind::kForm: model->body = Form{}; break;
  }
  return model;
}

std::shared_ptr<const Model> ToyModel(const std::string& name) {
  if (name == "table") return ToyTable();
  if (name == "large") return ToyLargeTable(1'000'000);
  if (name == "tree") return ToyTree();
  if (name == "matrix") return ToyMatrix();
  if (name == "chart") return ToyChart(ChartKind::kBars);
  if (name == "shares") return ToyChart(ChartKind::kStackedShares);
  if (name == "lines") return ToyChart(ChartKind::kLines);
  if (name == "text") return ToyText();
  if (name == "longtext") return ToyText(800);
  if (name == "prose") return ToyProse();
  if (name == "form") return ToyForm();
  return ToyEmpty(Kind::kTable);
}

}  // namespace meerstem::gui::testing
