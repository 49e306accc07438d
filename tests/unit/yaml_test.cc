#include "report/yaml.h"

#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"

namespace asmgw {
namespace {

/// What our own reader makes of the text.
Json read_back(const std::string& text) {
  Findings findings;
  const auto documents = parse_yaml(findings.keep({"y", text}), findings);
  for (const Finding& found : findings.all()) ADD_FAILURE() << found.message;
  return documents.size() == 1 ? to_json(documents[0]) : Json("(no document)");
}

TEST(Yaml, AwkwardTextsReadBackAsTheyWere) {
  const std::string texts[] = {"",
                               " ",
                               "a",
                               "a b",
                               "true",
                               "True",
                               "yes",
                               "no",
                               "on",
                               "off",
                               "y",
                               "N",
                               "null",
                               "Null",
                               "~",
                               "NULL",
                               "1",
                               "01",
                               "0x1f",
                               "1e3",
                               "1.5",
                               ".5",
                               ".inf",
                               "-.Inf",
                               ".nan",
                               "1_000",
                               "+1",
                               "-1",
                               "12:30",
                               "2026-11-24",
                               "2026-11-24T06:12:04Z",
                               "a: b",
                               "a:",
                               ":",
                               ": a",
                               "#a",
                               "a #b",
                               "a#b",
                               "- a",
                               "-",
                               "--",
                               "---",
                               "...",
                               "? a",
                               "?",
                               "*a",
                               "&a",
                               "!a",
                               "!!str a",
                               "|",
                               ">",
                               "%a",
                               "@a",
                               "`a",
                               "'a'",
                               "\"a\"",
                               "a'b",
                               "{a}",
                               "[a]",
                               "{",
                               "}",
                               "a,b",
                               "a\nb",
                               "a\n",
                               "\n",
                               "a\n\n",
                               "a\n\nb\n\n\n",
                               "a \nb",
                               "a\nb ",
                               " a\nb",
                               "\na",
                               "a\n b\n  c",
                               "a\n---\n...\nb\n",
                               "a\n# no comment\n- b: c\n",
                               "{\"a\":1}\n",
                               "a\n\u2028b",
                               "a\n\tb",
                               "a\tb",
                               "\t",
                               "a\r\nb",
                               "\\",
                               "a\\nb",
                               "<<",
                               "=",
                               "/a/b",
                               "a/b",
                               "200m",
                               "256Mi",
                               "2G",
                               "100%",
                               "25%",
                               "http-envoy-prom",
                               "istio-proxy",
                               "_a",
                               "a_b",
                               "ä",
                               "中文",
                               "\U0001F600",
                               "\u00a0",
                               "a\u0085b",
                               "\u0080",
                               "\u2028",
                               "a\u2029b",
                               "\u007f",
                               "\u009f",
                               "\ufeff",
                               "\ufffd",
                               std::string("a\0b", 3),
                               "\x1b[31m",
                               "\uFFFE",
                               "\uFFFF",
                               "e3",
                               "0o7",
                               "0b1",
                               "-0",
                               "infinity",
                               "nan",
                               "false-positive",
                               "trailing ",
                               " leading",
                               std::string(200, 'x'),
                               "0.1.2",
                               "1.2.3.4"};
  for (const std::string& text : texts) {
    SCOPED_TRACE(dump(Json(text)));
    EXPECT_EQ(read_back(to_yaml(Json(text))), text);
    const Json as_key{{text, 1}}, as_value{{"k", text}},
        in_list = Json::array({text, {{"a", text}}});
    EXPECT_EQ(read_back(to_yaml(as_key)), as_key);
    EXPECT_EQ(read_back(to_yaml(as_value)), as_value);
    EXPECT_EQ(read_back(to_yaml(in_list)), in_list);
  }
}

TEST(Yaml, ValuesReadBackAsTheyWere) {
  for (const char* text : {"true",
                           "0",
                           "-7",
                           "2147483648",
                           "1.5",
                           "1e30",
                           "{}",
                           "[]",
                           R"({"a":{}})",
                           R"({"a":[]})",
                           R"([[]])",
                           R"([{}])",
                           R"([[1,2],[3]])",
                           R"([[[1]]])",
                           R"({"a":[{"b":[{"c":1}]}]})",
                           R"([{"a":{"b":1},"c":2}])",
                           R"({"a":null})",
                           R"([null])",
                           R"({"a":{"b":{"c":"d"}},"e":1})",
                           R"([{"a":[1,2]},[{"b":1}]])"}) {
    SCOPED_TRACE(text);
    const Json json = parse_json(text);
    EXPECT_EQ(read_back(to_yaml(json)), json);
  }
}

TEST(Yaml, LooksAsKubectlPrintsIt) {
  EXPECT_EQ(to_yaml(parse_json(R"({"kind":"Service","apiVersion":"v1","metadata":{"labels":
                {"app.kubernetes.io/managed-by":"x","n":"1"}},"spec":{"ports":[{"port":80,
                "name":"http"},{"port":443}],"args":["a","b"],"empty":{},"none":[]}})")),
            "apiVersion: v1\n"
            "kind: Service\n"
            "metadata:\n"
            "  labels:\n"
            "    app.kubernetes.io/managed-by: x\n"
            "    \"n\": \"1\"\n"
            "spec:\n"
            "  args:\n"
            "  - a\n"
            "  - b\n"
            "  empty: {}\n"
            "  none: []\n"
            "  ports:\n"
            "  - name: http\n"
            "    port: 80\n"
            "  - port: 443\n");
}

TEST(Yaml, TextOfSeveralLinesIsABlockAsInKubectl) {
  const Json json{{"a", "one\ntwo\n"}, {"b", Json::array({"x\n\ny"})}, {"c", "end\n\n"}};
  EXPECT_EQ(to_yaml(Json{{"m", json}}),
            "m:\n"
            "  a: |\n"
            "    one\n"
            "    two\n"
            "  b:\n"
            "  - |-\n"
            "      x\n"
            "\n"
            "      y\n"
            "  c: |+\n"
            "    end\n"
            "\n");
}

}  // namespace
}  // namespace asmgw
