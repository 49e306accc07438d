#include "base/tree.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/finding.h"
#include "base/json.h"

namespace asmgw {
namespace {

std::string at(const Range& range) {
  return fmt::format("@{}:{}-{}", range.line, range.column, range.end_column);
}

/// The tree with its places on one line: {@1:1-2 key@1:1-2=value@1:6-11}; quoted texts in '.
std::string outline(const Node& node) {
  std::string out;
  switch (node.kind) {
    case Node::Kind::Null:
      return "null" + at(node.at);
    case Node::Kind::Scalar:
      return (node.plain ? node.text : "'" + node.text + "'") + at(node.at);
    case Node::Kind::Sequence:
      for (const Node& item : node.items) out += " " + outline(item);
      return "[" + at(node.at) + out + "]";
    case Node::Kind::Mapping:
      for (const auto& [key, value] : node.members)
        out += " " + key.value + at(key.at) + "=" + outline(value);
      return "{" + at(node.at) + out + "}";
  }
  return out;
}

/// A text, what it parses to, and what was found.
struct Parsed {
  explicit Parsed(std::string text)
      : documents(parse_yaml(findings.keep({"a.yaml", std::move(text)}), findings)) {}

  std::string outlines() const {
    std::string out;
    for (const Node& document : documents) out += (out.empty() ? "" : " --- ") + outline(document);
    return out;
  }
  std::string problems() const {
    std::string out;
    for (const Finding& found : findings.all())
      out += fmt::format("{}{} [{}] {}", out.empty() ? "" : "; ", at(found.at.value()).substr(1),
                         found.code->name, found.message);
    return out;
  }
  Json json() const { return documents.empty() ? Json() : to_json(documents.front()); }

  Findings findings;
  std::vector<Node> documents;
};

struct Case {
  std::string name;
  std::string yaml;
  std::string expected;
};

std::string name_of(const testing::TestParamInfo<Case>& row) { return row.param.name; }

class TreePlaces : public testing::TestWithParam<Case> {};
TEST_P(TreePlaces, AreExact) {
  const Parsed parsed(GetParam().yaml);
  EXPECT_EQ(parsed.problems(), "");
  EXPECT_EQ(parsed.outlines(), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, TreePlaces,
    testing::Values(
        Case{"block_mapping", "a: b\nc:\n  d: e\n",
             "{@1:1-2 a@1:1-2=b@1:4-5 c@2:1-2={@3:3-4 d@3:3-4=e@3:6-7}}"},
        Case{"block_sequence", "a:\n- b\n- - c\n  - d: e\n",
             "{@1:1-2 a@1:1-2=[@2:1-2 b@2:3-4 [@3:3-4 c@3:5-6 {@4:5-6 d@4:5-6=e@4:8-9}]]}"},
        Case{"nested_flow", "p: [{ name: https, port: 443, targetPort: https }]\n",
             "{@1:1-2 p@1:1-2=[@1:4-5 {@1:5-6 name@1:7-11=https@1:13-18 port@1:20-24=443@1:26-29 "
             "targetPort@1:31-41=https@1:43-48}]}"},
        Case{"flow_over_lines", "a: {\n  b: [1,\n    2]}\n",
             "{@1:1-2 a@1:1-2={@1:4-5 b@2:3-4=[@2:6-7 1@2:7-8 2@3:5-6]}}"},
        Case{"pair_in_flow_sequence", "[a: 1, b]", "[@1:1-2 {@1:2-3 a@1:2-3=1@1:5-6} b@1:8-9]"},
        Case{"quoted", "\"a\": 'b''c' # d\n'e': \"f\\\"g\"\n",
             "{@1:1-4 a@1:1-4='b'c'@1:6-12 e@2:1-4='f\"g'@2:6-12}"},
        Case{"comments", "# x\na: b c  # d\ne: f#g\n",
             "{@2:1-2 a@2:1-2=b c@2:4-7 e@3:1-2=f#g@3:4-7}"},
        Case{"colons", "a: b:c\nd: {e: http://x/y}\n",
             "{@1:1-2 a@1:1-2=b:c@1:4-7 d@2:1-2={@2:4-5 e@2:5-6=http://x/y@2:8-18}}"},
        Case{
            "multi_byte", "é: \"ü\" # ß\n日本: {k: €, l: 𝄞x}\n",
            "{@1:1-2 é@1:1-2='ü'@1:4-7 日本@2:1-3={@2:5-6 k@2:6-7=€@2:9-10 l@2:12-13=𝄞x@2:15-17}}"},
        Case{"crlf", "a: b\r\nc:\r\n  - d\r\n  - \"x\"\r\n",
             "{@1:1-2 a@1:1-2=b@1:4-5 c@2:1-2=[@3:3-4 d@3:5-6 'x'@4:5-8]}"},
        Case{"byte_order_mark",
             "\xEF\xBB\xBF"
             "a: b\nc: d\n",
             "{@1:1-2 a@1:1-2=b@1:4-5 c@2:1-2=d@2:4-5}"},
        Case{"multi_line", "a: |\n  x\nb: >- # c\n  z\nc: \"f\n  g\"\nd: h\n  i\n",
             "{@1:1-2 a@1:1-2='x\n'@1:4-5 b@3:1-2='z'@3:4-6 c@5:1-2='f g'@5:4-6 "
             "d@7:1-2=h i@7:4-5}"},
        Case{"nulls", "a:\n\nb: ~\nc: null\nd:\n- \n- # x\n\n- e\n",
             "{@1:1-2 a@1:1-2=null@1:1-2 b@3:1-2=null@3:4-5 c@4:1-2=null@4:4-8 "
             "d@5:1-2=[@6:1-2 null@6:1-2 null@7:1-2 e@9:3-4]}"},
        Case{"nulls_in_flow", "{a, b: , c: ~}",
             "{@1:1-2 a@1:2-3=null@1:2-3 b@1:5-6=null@1:5-6 c@1:10-11=null@1:13-14}"},
        Case{"tags_and_anchors", "a: !!str 12\nb: &x foo\nc: *x\nd: !!map # c\n  e: ! f\n",
             "{@1:1-2 a@1:1-2='12'@1:10-12 b@2:1-2=foo@2:7-10 c@3:1-2=foo@3:4-6 "
             "d@4:1-2={@5:3-4 e@5:3-4='f'@5:8-9}}"},
        Case{"explicit_key", "? a\n: b\n? c\n", "{@1:1-2 a@1:3-4=b@2:3-4 c@3:3-4=null@3:3-4}"},
        Case{"below_an_alias", "a: &x {b: 1}\nc: *x\n",
             "{@1:1-2 a@1:1-2={@1:7-8 b@1:8-9=1@1:11-12} c@2:1-2={@2:4-6 b@1:8-9=1@1:11-12}}"},
        Case{"duplicate_keys_stay", "a: 1\na: 2\n", "{@1:1-2 a@1:1-2=1@1:4-5 a@2:1-2=2@2:4-5}"},
        Case{"documents", "---\n---\n# x\n- a\n...\n--- \nb\n---\t# x\n'c'\n---\n~\n",
             "[@4:1-2 a@4:3-4] --- b@7:1-2 --- 'c'@9:1-4"},
        Case{"json", "{\n\t\"a\":[1,{\"b\":\"\\u00e9\\/\"}]}",
             "{@1:1-2 a@2:2-5=[@2:6-7 1@2:7-8 {@2:9-10 b@2:10-13='é/'@2:14-24}]}"},
        Case{"without_line_end", "a: |\n  x", "{@1:1-2 a@1:1-2='x\n'@1:4-5}"},
        Case{"json_stream", "{\"a\":\"\\ud83d\\ude00\"}{\"a\":\n[true, -1.5e3]} ",
             "{@1:1-2 a@1:2-5='\U0001f600'@1:6-20} --- "
             "{@1:21-22 a@1:22-25=[@2:1-2 true@2:2-6 -1.5e3@2:8-14]}"},
        Case{"json_then_yaml", "{\"a\":1}\n---\nb: c\n",
             "{@1:1-2 a@1:2-5=1@1:6-7} --- {@3:1-2 b@3:1-2=c@3:4-5}"},
        Case{"byte_order_mark_in_the_middle",
             "a: b\n---\n\xEF\xBB\xBF"
             "c: d\n",
             "{@1:1-2 a@1:1-2=b@1:4-5} --- {@3:2-3 c@3:2-3=d@3:5-6}"},
        Case{"empty", "", ""}, Case{"only_comment", "# x\n", ""}),
    name_of);

class TreeSyntax : public testing::TestWithParam<Case> {};
TEST_P(TreeSyntax, IsOneFinding) {
  const Parsed parsed(GetParam().yaml);
  EXPECT_EQ(parsed.problems(), GetParam().expected);
  ASSERT_EQ(parsed.findings.all().size(), 1U);
  EXPECT_TRUE(parsed.documents.empty());
}
INSTANTIATE_TEST_SUITE_P(
    All, TreeSyntax,
    testing::Values(
        Case{"tab_before_key", "a:\n\tb: c\n", "2:1-2 [syntax] a tab stands in the indentation"},
        Case{"tab_after_value", "a: b\n\tc: d\n", "2:1-2 [syntax] a tab stands in the indentation"},
        Case{"tab_before_item", "a:\n  \t- b\n", "2:3-4 [syntax] a tab stands in the indentation"},
        Case{"double_quote", "a: \"foo\nb: c\n", "1:4-8 [syntax] this quote is never closed"},
        Case{"single_quote", "a: 'foo\nb: c\n", "1:4-8 [syntax] this quote is never closed"},
        Case{"quote_at_the_end", "a: 'foo", "1:4-8 [syntax] this quote is never closed"},
        Case{"quote_too_many", "a: \"b\"c\"\n",
             "1:7-8 [syntax] this does not fit the mapping above it"},
        Case{"mapping_in_value", "a: b: c\n", "1:5-6 [syntax] a \":\" cannot stand here"},
        Case{"no_colon", "a: b\nc\n", "2:1-2 [syntax] expected \":\" after \"c\""},
        Case{"no_space", "a: b\nc:d\n", "2:1-4 [syntax] expected \":\" after \"c:d\""},
        Case{"wrong_indentation", "a:\n  b: 1\n c: 2\n",
             "3:2-3 [syntax] this does not fit the mapping above it"},
        Case{"value_not_indented", "a:\nfoo # x\nb: c\n",
             "2:1-4 [syntax] expected \":\" after \"foo\""},
        Case{"list_in_line", "a: - b\n", "1:4-5 [syntax] a \"-\" cannot stand here"},
        Case{"bad_first_character", "a: @x\n",
             "1:4-5 [syntax] a text cannot begin with this character"},
        Case{"open_bracket", "a: [b,\n  c\n", "1:4-5 [syntax] this \"[\" is never closed"},
        Case{"open_brace", "a: {b: c\nd: e\n", "2:2-3 [syntax] expected \",\" or \"}\""},
        Case{"closed_too_often", "a: }\n", "1:4-5 [syntax] this bracket closes nothing"},
        Case{"nothing_between_commas", "[a, , b]", "1:5-6 [syntax] a value is missing here"},
        Case{"only_a_comma", ", a\n", "1:1-2 [syntax] a text cannot begin with this character"},
        Case{"behind_the_end", "a: b\n...\nc: d\n",
             "3:1-2 [syntax] kubectl reads nothing behind a line ..."},
        Case{"behind_a_separator", "---  a: b # c\n",
             "1:6-14 [syntax] only a comment may stand in the line of a ---"},
        Case{"json_number", "{\"a\":1e400}", "1:6-11 [syntax] this number is too large"},
        Case{"escape", "a: \"\\q\"\n", "1:5-6 [syntax] there is no such escape"},
        Case{"surrogate", "a: \"\\ud83d\"\n", "1:7-8 [syntax] this escape is no character"},
        Case{"directive", "%FOO\na: b\n", "1:1-5 [syntax] kubectl reads no directives"},
        Case{"yaml_directive", "%YAML 1.2\n---\na: b\n",
             "1:1-10 [syntax] kubectl reads no directives"},
        Case{"template_key", "{{ x }}: y\n",
             "1:1-2 [syntax] a key must be a text, not a list or a mapping"},
        Case{"list_key", "? [x]\n: y\n",
             "1:3-4 [syntax] a key must be a text, not a list or a mapping"},
        Case{"null_key", "~: x\n", "1:1-2 [syntax] null cannot be a key"},
        Case{"no_key", ": x\n", "1:1-2 [syntax] a key is missing here"},
        Case{"unknown_anchor", "a: *x\n", "1:4-6 [syntax] no anchor has this name"},
        Case{"anchor_in_itself", "a: &x\n  b: *x\n",
             "2:6-8 [syntax] this alias stands within its anchor"},
        Case{"merge_of_text", "a: 1\n<<: b\n",
             "2:5-6 [syntax] << needs a mapping or a list of mappings"},
        Case{"merge_of_list_of_text", "a: 1\n<<: [{c: d}, b]\n",
             "2:14-15 [syntax] << needs a mapping or a list of mappings"},
        Case{"merge_of_a_list_by_alias", "a: &x [{c: d}]\nb: {<<: *x}\n",
             "2:9-11 [syntax] << needs a mapping or a list of mappings"},
        Case{"large_key", "18446744073709551615: x\n",
             "1:1-21 [syntax] this number is too large for a key"},
        Case{"tag_not_obeyed", "a: !!int x\n", "1:10-11 [syntax] \"x\" is no !!int"},
        Case{"binary", "a: !!binary eA==\n", "1:13-17 [syntax] the tag !!binary is not supported"},
        Case{"infinity", "a: -.inf\n", "1:4-9 [syntax] Kubernetes has no number -.inf"},
        Case{"not_utf8", "a: b\né: x\xC3(\n", "2:5-6 [syntax] the byte 0xC3 is not UTF-8"},
        Case{"overlong", "a: \xC0\x80\n", "1:4-5 [syntax] the byte 0xC0 is not UTF-8"},
        Case{"encoded_surrogate", "a: \xED\xA0\x80\n", "1:4-5 [syntax] the byte 0xED is not UTF-8"},
        Case{"cut_off", "a: \xE2\x82", "1:4-5 [syntax] the byte 0xE2 is not UTF-8"},
        Case{"utf16", std::string("\xFF\xFE", 2) + std::string("a\0", 2),
             "1:1-2 [syntax] the byte 0xFF is not UTF-8"},
        Case{"zero_byte", std::string("a: b\0c\n", 7),
             "1:5-6 [syntax] the control character U+0000 is not allowed"},
        Case{"end_of_transmission", "a: b\x04\n",
             "1:5-6 [syntax] the control character U+0004 is not allowed"},
        Case{"lone_carriage_return", "a: b\rc: d\n",
             "1:5-6 [syntax] a carriage return without a line feed"},
        Case{"line_separator", "a: \"b\u2028\"\n",
             "1:6-7 [syntax] U+2028 ends a line in YAML, but hardly looks so"},
        Case{"tab_in_an_empty_line", "a: b\n\t\nc: d\n",
             "2:1-2 [syntax] a tab stands in the indentation"}),
    name_of);

TEST(TreeSyntaxOfDocuments, TheOnesBeforeAreGiven) {
  EXPECT_EQ(Parsed("a\n---\nb: [\n").outlines(), "a@1:1-2");
  const Parsed json("{\"a\":1} {\"b\":2} {\"c\":}\n");
  EXPECT_EQ(json.documents.size(), 2U);
  EXPECT_EQ(json.problems(), "1:22-23 [syntax] from here on this is not JSON");
  const Parsed missing("- a\nb: c\n");
  EXPECT_EQ(missing.outlines(), "");
  EXPECT_EQ(missing.problems(), "2:1-2 [syntax] this does not fit the list above it");
}

TEST(TreeSyntaxHints, SayWhatToDo) {
  const Parsed tab("a:\n\tb: c\n");
  ASSERT_EQ(tab.findings.all().size(), 1U);
  EXPECT_EQ(tab.findings.all()[0].hint, "YAML does not allow tabs for indentation");
  const Parsed brace("a: {b: c\nd: e\n");
  ASSERT_EQ(brace.findings.all().size(), 1U);
  EXPECT_EQ(brace.findings.all()[0].hint, "the \"{\" of line 1 is still open");
}

TEST(TreeBounds, AliasBombIsRefused) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    bomb += fmt::format("a{}: &a{} [", i, i);
    for (int j = 0; j < 10; ++j) bomb += fmt::format("{}*a{}", j == 0 ? "" : ", ", i - 1);
    bomb += "]\n";
  }
  const Parsed parsed(bomb);
  EXPECT_TRUE(parsed.documents.empty());
  ASSERT_EQ(parsed.findings.all().size(), 1U);
  EXPECT_EQ(parsed.findings.all()[0].message, "aliases expand to too much");
}

TEST(TreeBounds, OfALongTextTheBeginningIsSaid) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(Parsed("a: !!int " + text).problems(),
            "1:10-100010 [syntax] \"" + text.substr(0, 60) + "…\" is no !!int");
  EXPECT_EQ(Parsed("a: 1\n" + text + "\nb: 2\n").problems(),
            "2:1-100001 [syntax] expected \":\" after \"" + text.substr(0, 60) + "…\"");
}

TEST(TreeBounds, DepthIsRefused) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_EQ(Parsed(nested(400)).problems(), "");
  EXPECT_NE(Parsed(nested(501)).problems().find("nested deeper than 500"), std::string::npos);
  EXPECT_NE(Parsed(nested(100'000)).problems().find("nested deeper than 500"), std::string::npos);
  EXPECT_NE(Parsed(std::string(100'000, '[')).problems(), "");
}

TEST(TreeBounds, DepthByAliasesIsRefused) {
  std::string deep = "- &a0 x\n";
  for (int i = 1; i <= 20; ++i)
    deep += fmt::format("- &a{} {}*a{}{}\n", i, std::string(30, '['), i - 1, std::string(30, ']'));
  EXPECT_NE(Parsed(deep).problems().find("nested deeper than 500"), std::string::npos);
}

class TreeJson : public testing::TestWithParam<Case> {};
TEST_P(TreeJson, IsWhatKubernetesReads) {
  const Parsed parsed(GetParam().yaml);
  EXPECT_EQ(parsed.problems(), "");
  EXPECT_EQ(dump(parsed.json()), GetParam().expected);
}
// Many more, with Kubernetes' own answers, are in tests/yaml.
INSTANTIATE_TEST_SUITE_P(
    All, TreeJson,
    testing::Values(
        Case{"null", "[~, null, Null, NULL, nUll, '', 'null']",
             R"([null,null,null,null,"nUll","","null"])"},
        Case{"booleans", "[y, Y, n, N, yes, On, OFF, true, False, yEs, oN, 'yes', \"on\"]",
             R"([true,true,false,false,true,true,false,true,false,"yEs","oN","yes","on"])"},
        Case{"integers", "[1, +1, -1, -0, 1_000, 1__0, 0x1F, 0X1f, -0x1, 0b11, -0b11, 0o17, 017]",
             "[1,1,-1,0,1000,10,31,31,-1,3,-3,15,15]"},
        Case{"integers_64", "[9223372036854775807, -9223372036854775808, 18446744073709551615]",
             "[9223372036854775807,-9223372036854775808,18446744073709551615]"},
        Case{"floats", "[1., .5, -.5, 1.50, 1e3, 1.e3, 1_0.5, .1_0, 08]",
             "[1.0,0.5,-0.5,1.5,1000.0,1000.0,10.5,0.1,8.0]"},
        Case{"floats_of_integers", "[18446744073709551616, -9223372036854775809]",
             "[1.8446744073709552e+19,-9.223372036854776e+18]"},
        Case{"texts",
             "[_1, 0x, 0b, +, '-', ., 0x1p-2, 1e400, 1:30, 2001-12-14, .5_, ._5, 1e, 1.2.3]",
             R"(["_1","0x","0b","+","-",".","0x1p-2","1e400","1:30","2001-12-14",".5_","._5","1e",)"
             R"("1.2.3"])"},
        Case{"tags", "[!!str 1, !!int \"2\", !!float 3, !!bool 'yes', !!null '', !x 4, ! 5]",
             R"(["1",2,3,true,null,"4","5"])"},
        Case{"keys", "{1: a, 0x10: b, 1.10: c, yes: d, 'no': e, 1000000.0: f}",
             R"({"1":"a","1.1":"c","16":"b","1e+06":"f","no":"e","true":"d"})"},
        Case{"last_duplicate_wins", "a: 1\na: 2\n", R"({"a":2})"},
        Case{"merge", "a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n",
             R"({"a":{"k":1,"l":2},"b":{"k":1,"l":3}})"},
        Case{"later_merge_wins", "a: &x {k: 1, l: 2}\nb:\n  l: 3\n  <<: *x\n",
             R"({"a":{"k":1,"l":2},"b":{"k":1,"l":2}})"},
        Case{"later_key_wins", "a: &x {k: 1}\nb: {<<: *x, k: 2, <<: {k: 3, l: 4}, k: 5}\n",
             R"({"a":{"k":1},"b":{"k":5,"l":4}})"},
        Case{"merge_list", "a: &x {k: 1}\nb:\n  <<: [*x, {k: 2, m: 3}]\n",
             R"({"a":{"k":1},"b":{"k":1,"m":3}})"},
        Case{"merge_twice", "<<: {b: 1}\n<<: {b: 2}\n", R"({"b":2})"},
        Case{"quoted_merge_key", "'<<': {b: 1}\n", R"({"<<":{"b":1}})"},
        Case{"alias_key", "a: &x b\n*x : 1\n", R"({"a":"b","b":1})"},
        Case{"anchor_twice", "[&x 1, *x, &x 2, *x]", "[1,1,2,2]"},
        Case{"escapes", R"("\N\_\L\u263a\x41\U0001f600\ é")", "\"\u0085\u00a0\u2028☺A😀 é\""},
        Case{"folding", "a: >\n  b\n  c\n\n  d\n", R"({"a":"b c\nd\n"})"}),
    name_of);

TEST(TreeMembers, MergedOnesComeLastWithTheirPlaces) {
  EXPECT_EQ(Parsed("<<: {k: 1, l: 2}\nm: 3\n").outlines(),
            "{@1:1-3 m@2:1-2=3@2:4-5 k@1:6-7=1@1:9-10 l@1:12-13=2@1:15-16}");
}

TEST(TreeMembers, FindGivesTheLast) {
  const Parsed parsed("a: 1\nb: 2\na: 3\n");
  ASSERT_EQ(parsed.documents.size(), 1U);
  ASSERT_NE(parsed.documents[0].find("a"), nullptr);
  EXPECT_EQ(parsed.documents[0].find("a")->text, "3");
  EXPECT_EQ(parsed.documents[0].find("c"), nullptr);
}

class TreeDuplicates : public testing::TestWithParam<Case> {};
TEST_P(TreeDuplicates, AreReported) {
  Parsed parsed(GetParam().yaml);
  for (const Node& document : parsed.documents) report_duplicate_keys(document, parsed.findings);
  EXPECT_EQ(parsed.problems(), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, TreeDuplicates,
    testing::Values(Case{"none", "a: {b: 1}\nc: {b: 1}\n", ""},
                    Case{"second", "a: 1\nb: 2\na: 3\n",
                         "3:1-2 [duplicate-key] \"a\" stands here twice; first on line 1"},
                    Case{"each_further_one", "- {a: 1, \"a\": 2, a: 3}\n",
                         "1:10-13 [duplicate-key] \"a\" stands here twice; first on line 1; "
                         "1:18-19 [duplicate-key] \"a\" stands here twice; first on line 1"},
                    Case{"once_for_aliases", "x: &x {a: 1, a: 2}\ny: *x\nz: *x\n",
                         "1:14-15 [duplicate-key] \"a\" stands here twice; first on line 1"},
                    Case{"not_by_merging", "x: &x {a: 1}\ny: {<<: *x, a: 2}\n", ""}),
    name_of);

TEST(TreeDuplicateHint, SaysWhatToDo) {
  Parsed parsed("a: 1\na: 2\n");
  report_duplicate_keys(parsed.documents.at(0), parsed.findings);
  EXPECT_EQ(parsed.findings.all().at(0).hint, "remove one of the two");
}

struct TypeCase {
  std::string name;
  std::string yaml;
  ScalarType type;
  std::string described;
};
class TreeTypes : public testing::TestWithParam<TypeCase> {};
TEST_P(TreeTypes, AreDescribed) {
  const Parsed parsed("a: " + GetParam().yaml);
  ASSERT_EQ(parsed.documents.size(), 1U);
  const Node* value = parsed.documents[0].find("a");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(describe(*value), GetParam().described);
  const bool is_scalar = value->kind == Node::Kind::Scalar || value->kind == Node::Kind::Null;
  if (is_scalar) {
    EXPECT_EQ(scalar_type(*value), GetParam().type);
  }
}
INSTANTIATE_TEST_SUITE_P(
    All, TreeTypes,
    testing::Values(TypeCase{"nothing", "", ScalarType::Null, "nothing"},
                    TypeCase{"null", "null", ScalarType::Null, "nothing"},
                    TypeCase{"boolean", "off", ScalarType::Bool, "true or false"},
                    TypeCase{"integer", "0x10", ScalarType::Int, "a number"},
                    TypeCase{"floating", "1.5", ScalarType::Float, "a number"},
                    TypeCase{"text", "abc", ScalarType::String, "text"},
                    TypeCase{"quoted_number", "'1'", ScalarType::String, "text"},
                    TypeCase{"block_number", "|-\n  1", ScalarType::String, "text"},
                    TypeCase{"list", "[]", ScalarType::String, "a list"},
                    TypeCase{"mapping", "{}", ScalarType::String, "a mapping"}),
    [](const testing::TestParamInfo<TypeCase>& row) { return row.param.name; });

}  // namespace
}  // namespace asmgw
