#include "report/markdown.h"

#include <gtest/gtest.h>

#include <string>

#include "diff/codes.h"

namespace asmgw {
namespace {

TEST(MarkdownText, ShowsEveryMarkAsItIs) {
  EXPECT_EQ(markdown_text("a|b `c` *d* _e_ [f](g) <h> & ~i~ \\"),
            "a\\|b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) &lt;h&gt; &amp; \\~i\\~ \\\\");
  EXPECT_EQ(markdown_text("ask @all\nnow"), "ask @<!-- -->all now");
  EXPECT_EQ(markdown_text("c1 · 200m → 400m"), "c1 · 200m → 400m");
}

/// One Service of a gateway in one cluster, whose annotation becomes `value`.
struct Comment {
  explicit Comment(const std::string& value) {
    static const Source source{"gateway.yaml", ""};
    subject.gateways.push_back({"web", "n", {&source, 4, 1, 4}, {"c1"}, false});
    subject.files.push_back({"gateway.yaml", "00"});
    ObjectChange change;
    change.object.desired.ref = {"", "Service", "n", "istio-web"};
    change.object.desired.gateway = "web";
    change.action = Action::Update;
    FieldChange field;
    field.path = fields({"metadata", "annotations", "a"});
    field.before = Json("old");
    field.after = Json(value);
    change.fields = {field};
    ClusterChanges cluster;
    cluster.cluster.id = "c1";
    cluster.objects = {change};
    changes.clusters = {cluster};
  }

  std::string text(std::size_t most = kMostMarkdown) const {
    return changes_markdown(subject, findings, changes, {1, true, {}}, most);
  }

  Subject subject;
  Findings findings;
  ChangeSet changes;
};

TEST(Markdown, EscapesValues) {
  const std::string text = Comment("x | <script> @admin").text();
  EXPECT_NE(text.find("| \"old\" | \"x \\| &lt;script&gt; @<!-- -->admin\" |"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("<script>"), std::string::npos);
}

TEST(Markdown, EndsWhereAComment) {
  const Comment comment(std::string(500, 'x'));
  const std::string whole = comment.text(), cut = comment.text(800);
  EXPECT_LE(cut.size(), 800U);
  EXPECT_GT(whole.size(), 900U);
  EXPECT_EQ(cut.find("<details>"), std::string::npos);
  EXPECT_NE(cut.find("\n1 part left out"), std::string::npos) << cut;
  EXPECT_TRUE(cut.ends_with("</sub>\n"));
}

TEST(Markdown, SaysTheWorstFirst) {
  Comment comment("b");
  EXPECT_TRUE(comment.text().starts_with("### asmgw: 1 object changes; nothing destroyed\n"));
  comment.changes.clusters[0].objects[0].action = Action::Conflict;
  EXPECT_TRUE(comment.text().starts_with("### asmgw: 1 object blocked by a conflict; nothing"));
  ObjectChange losing = comment.changes.clusters[0].objects[0];
  losing.action = Action::Update;  // what is blocked loses nothing
  losing.risks.push_back(finding(kLbDeleted, "it goes"));
  comment.changes.clusters[0].objects.push_back(losing);
  EXPECT_TRUE(comment.text().starts_with("### asmgw: 1 load balancer destroyed; 1 object blocked"));
}

}  // namespace
}  // namespace asmgw
