// Who speaks where: many small texts, and the false friends among them.
#include <gtest/gtest.h>

#include "plugins/documents/turns.h"

namespace meerstem::documents {
namespace {

/// "label=words|label=words", so that a case is one line; interviewers have a star.
std::string Spoken(const std::string& utf8, const std::vector<Range>& headings = {}) {
  const Text text(utf8);
  const Conversation conversation = FindTurns(text, headings);
  std::string spoken;
  for (const auto& turn : conversation.turns) {
    const auto& speaker = conversation.speakers[turn.speaker];
    spoken += (spoken.empty() ? "" : "|") + speaker.label + (speaker.interviewer ? "*" : "") + "=" + std::string(text.Slice(turn.words));
  }
  return spoken;
}

struct Case {
  const char* text;
  const char* spoken;
};

class Turns : public ::testing::TestWithParam<Case> {};

TEST_P(Turns, AreFound) { EXPECT_EQ(Spoken(GetParam().text), GetParam().spoken) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(Conversations, Turns, ::testing::ValuesIn(std::vector<Case>{
    {"Interviewer: Hoe gaat het?\n\nAnna: Goed.\n\nInterviewer: Ja?\n\nAnna: Ja.", "Interviewer*=Hoe gaat het?|Anna=Goed.|Interviewer*=Ja?|Anna=Ja."},
    {"Interviewer: Hoe gaat het?\nAnna: Goed.\nEn u?\n\nEn de kinderen?\nInterviewer: Ook.\nAnna: Mooi.",
     "Interviewer*=Hoe gaat het?|Anna=Goed.\nEn u?\n\nEn de kinderen?|Interviewer*=Ook.|Anna=Mooi."},
    {"I: Vraag een\nR: Antwoord\nI: Vraag twee\nR: Antwoord", "I*=Vraag een|R=Antwoord|I*=Vraag twee|R=Antwoord"},
    {"Q: one?\nA: yes\nQ: two?\nA: no", "Q*=one?|A=yes|Q*=two?|A=no"},
    {"V: een?\nA: ja\nV: twee?\nA: nee", "V*=een?|A=ja|V*=twee?|A=nee"},
    {"V: ja\nB: nee\nV: ja\nB: nee", "V=ja|B=nee|V=ja|B=nee"},
    {"INTERVIEWER 1: ja\nR1: nee\ninterviewer 1: wel\nr1: niet", "INTERVIEWER 1*=ja|R1=nee|INTERVIEWER 1*=wel|R1=niet"},
    {"Moderator: Welkom.\nAmina: Eén woord? Deurbel.\nPieter: Parkeren.\nSofie: Geduld.\nModerator: Dank.",
     "Moderator*=Welkom.|Amina=Eén woord? Deurbel.|Pieter=Parkeren.|Sofie=Geduld.|Moderator*=Dank."},
    {"[00:01:10] Interviewer: Ja?\n[00:01:20] Anna: Ja.\n[00:02:00] Interviewer: En?\n[00:02:10] Anna: Nee.",
     "Interviewer*=Ja?|Anna=Ja.|Interviewer*=En?|Anna=Nee."},
    {"00:10 Anna: Ja.\n00:12 Bart: Nee.\n00:14 Anna: Toch.", "Anna=Ja.|Bart=Nee.|Anna=Toch."},
    {"Anna [00:10]: Ja.\nBart (00:12:01): Nee.\nAnna [00:14]: Toch.", "Anna=Ja.|Bart=Nee.|Anna=Toch."},
    {"- Anna: Ja.\n- Bart: Nee.\n- Anna: Toch.", "Anna=Ja.|Bart=Nee.|Anna=Toch."},
    {"1. Anna: Ja.\n2. Bart: Nee.\n3. Anna: Toch.", "Anna=Ja.|Bart=Nee.|Anna=Toch."},
    {"Anna (mama): Ja.\nBart (papa): Nee.\nAnna (mama): Toch.", "Anna (mama)=Ja.|Bart (papa)=Nee.|Anna (mama)=Toch."},
    {"Jan-Pieter O'Neil: ja\nAn & Els: nee\nJan-Pieter O'Neil: ja", "Jan-Pieter O'Neil=ja|An & Els=nee|Jan-Pieter O'Neil=ja"},
    {"Mevr. De Smet: ja\nDhr. J. Claes: nee\nMevr. De Smet: ja\nDhr. J. Claes: nee", "Mevr. De Smet=ja|Dhr. J. Claes=nee|Mevr. De Smet=ja|Dhr. J. Claes=nee"},
    {"Anna:\nJa, dat is zo.\n\nBart:\nNee.\n\nAnna:\nToch.", "Anna=Ja, dat is zo.|Bart=Nee.|Anna=Toch."},
    {"Anna:Ja\nBart:Nee\nAnna:Ja", "Anna=Ja|Bart=Nee|Anna=Ja"},
    {"Zoë: ja\nZOË: nee\nZoe: toch", "Zoë=ja|Zoë=nee|Zoë=toch"},
    {"Anna: ja\nAnna: nee", "Anna=ja|Anna=nee"},
    {"Gesprek met Anna\n\nAnna: ja\nInterviewer: nee\nAnna: toch", "Anna=ja|Interviewer*=nee|Anna=toch"},
    {"Interviewer: Vertel.\nAnna: Een lang verhaal.", "Interviewer*=Vertel.|Anna=Een lang verhaal."},
    {"Anna: ja\nBart:   \nAnna: toch\nBart: \t", "Anna=ja|Anna=toch"},
    {"Анна: да\nИван: нет\nАнна: да", "Анна=да|Иван=нет|Анна=да"},
}));

INSTANTIATE_TEST_SUITE_P(FalseFriends, Turns, ::testing::ValuesIn(std::vector<Case>{
    {"Opmerking: dit is een tekst.\nOpmerking: en nog een.", ""},
    {"Datum: 3 mei\nPlaats: Bilzen\n\nAnna: ja\nInterviewer: nee\nAnna: toch", "Anna=ja|Interviewer*=nee|Anna=toch"},
    {"Anna: ja\nOpmerking: ze lacht.\nInterviewer: en?\nAnna: nee", "Anna=ja\nOpmerking: ze lacht.|Interviewer*=en?|Anna=nee"},
    {"Anna: Ik zei het al.\nKijk: zo gaat dat.\nDus ja.\n\nInterviewer: Ja.\nAnna: Voila.", "Anna=Ik zei het al.\nKijk: zo gaat dat.\nDus ja.|Interviewer*=Ja.|Anna=Voila."},
    {"Anna: Ze zegt dat.\n\nMijn antwoord: nee.\n\nEn toen.\n\nInterviewer: Ja.\nAnna: Voila.",
     "Anna=Ze zegt dat.\n\nMijn antwoord: nee.\n\nEn toen.|Interviewer*=Ja.|Anna=Voila."},
    {"http://voorbeeld.be\nhttps://voorbeeld.be\nhttp://voorbeeld.be", ""},
    {"Anna: zie\nhttp://voorbeeld.be\nAnna: ja", "Anna=zie\nhttp://voorbeeld.be|Anna=ja"},
    {"Om 10:30 kwam ze.\nOm 10:30 ging ze.", ""},
    {"10:30 uur kwam ze.\n10:30 uur ging ze.", ""},
    {"Lucas 5:12 zegt iets.\nLucas 5:13 ook.", ""},
    {"ik zei: kom binnen\nik zei: ga weg", ""},
    {"En toen zei ze tegen mij: kom\nEn toen zei ze tegen mij: ga", ""},
    {"Dit is een heel lang begin van een zin die pas later een dubbele punt krijgt: ja\nDit is een heel lang begin van een zin die pas later een dubbele punt krijgt: ja", ""},
    {"Een verhaal zonder sprekers.\n\nNog een alinea.", ""},
    {"Conclusie: alles goed.", ""},
    {"Anna: ja", ""},
    {"Bijvoorbeeld: dit.\nBijvoorbeeld: dat.\nKortom: niets.\nKortom: alles.", ""},
    {"Eerste alinea.\nORCiD ID: x\nTwee.\nDrie.\nVier.\nVijf.\nORCiD ID: y\nZes.\nZeven.\nAcht.", ""},
    {": leeg\n: leeg", ""},
    {"*: ster\n*: ster", ""},
    {"", ""},
    {"\n\n\n", ""},
}));

TEST(Turns, LabelAndWordsAreRangesOfTheText) {
  const Text text("🙂🙂\nAnna 🙂\n\n  Zoë\u0301: 👩‍👩‍👧 e\u0301\u00e9n.  \nBart: nee\nZoë\u0301:  ja");
  const Conversation conversation = FindTurns(text);
  ASSERT_EQ(conversation.turns.size(), 3u);
  EXPECT_EQ(text.Slice(conversation.turns[0].label), "Zoë\u0301:");
  EXPECT_EQ(text.Slice(conversation.turns[0].words), "👩‍👩‍👧 e\u0301\u00e9n.");
  EXPECT_EQ(text.Slice(conversation.turns[2].label), "Zoë\u0301:");
  EXPECT_EQ(text.Slice(conversation.turns[2].words), "ja");
  EXPECT_EQ(conversation.speakers[0].turns, 2);
}

TEST(Turns, AHeadingEndsATurn) {
  const std::string text = "Anna: ja\n\nNabeschouwing\n\nHet was stil.\n\nBart: nee\n\nAnna: ja\n\nBart: nee";
  EXPECT_EQ(Spoken(text), "Anna=ja\n\nNabeschouwing\n\nHet was stil.|Bart=nee|Anna=ja|Bart=nee");
  EXPECT_EQ(Spoken(text, {{10, 23}}), "Anna=ja|Bart=nee|Anna=ja|Bart=nee");
}

TEST(Turns, InterviewersAreRecognised) {
  for (const char* label : {"Interviewer", "INTERVIEWER", "Interviewster", "I", "i", "Int", "Int.", "Interviewer 2", "Onderzoeker", "Onderzoekster", "Vraag",
                            "Moderator", "Mod.", "Q", "Q1", "Researcher 1", "Interviewer (Els)"}) {
    EXPECT_TRUE(IsInterviewer(label)) << label;
  }
  for (const char* label : {"Anna", "Ines", "Ivo", "R", "A", "Intan", "Interviewee", "Vraagstaart", "Moed", "Geïnterviewde"}) {
    EXPECT_FALSE(IsInterviewer(label)) << label;
  }
}

TEST(Turns, ALongTextStaysQuick) {
  std::string text;
  for (int i = 0; i < 6000; ++i) text += (i % 2 ? "Anna: één zin die wat langer is dan de vorige, met 🙂 erin, en nog een stuk.\n\n" : "Interviewer: En dan, wat gebeurde er toen?\n\n");
  EXPECT_GT(CountCodePoints(text), 350000);
  EXPECT_EQ(FindTurns(Text(text)).turns.size(), 6000u);
}

}  // namespace
}  // namespace meerstem::documents
