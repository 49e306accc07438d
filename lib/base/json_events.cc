#include "base/json_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "base/json.h"

namespace asmgw {
namespace {

constexpr std::string_view kBetween = " \t\r\n:,";
constexpr int kNumberOverflow = 406;  // nlohmann's number of that error

/// Writes down what nlohmann's parser sees. It tells no places; but in a text that it has found to
/// be JSON the next token begins at the next character that separates nothing.
class Recorder : public nlohmann::json_sax<Json> {
 public:
  Recorder(YamlText& text, std::size_t begin) : text_(text) { value_.end = begin; }

  JsonValue take() { return std::move(value_); }

  bool null() override { return plain(); }
  bool boolean(bool) override { return plain(); }
  bool number_integer(std::int64_t) override { return plain(); }
  bool number_unsigned(std::uint64_t) override { return plain(); }
  bool number_float(double, const std::string&) override { return plain(); }
  bool string(std::string& text) override {
    TreeEvent& event = add(TreeEvent::Kind::Scalar, next_token());
    event.quoted = true;
    event.text = std::move(text);
    return true;
  }
  bool binary(Json::binary_t&) override { return false; }  // JSON has none
  bool key(std::string& name) override { return string(name); }
  bool start_object(std::size_t) override { return start(TreeEvent::Kind::Mapping); }
  bool start_array(std::size_t) override { return start(TreeEvent::Kind::Sequence); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    const Token token = next_token();
    if (error.id == kNumberOverflow) return fail(token, "this number is too large");
    value_.is_json = false;
    return fail({token.begin, token.begin}, "from here on this is not JSON");
  }

 private:
  Token next_token() {
    const std::size_t begin = text_.text().find_first_not_of(kBetween, value_.end);
    const Token token = text_.token_at(std::min(begin, text_.text().size()), true);
    value_.end = token.end;
    return token;
  }

  TreeEvent& add(TreeEvent::Kind kind, const Token& token) {
    TreeEvent& event = value_.events.emplace_back();
    event.kind = kind;
    event.at = text_.range(token);
    return event;
  }

  bool plain() {
    const Token token = next_token();
    add(TreeEvent::Kind::Scalar, token).text =
        text_.text().substr(token.begin, token.end - token.begin);
    return true;
  }

  bool start(TreeEvent::Kind kind) {
    const Token token = next_token();
    add(kind, token);
    return ++depth_ <= kMaxDepth || fail(token, fmt::format("nested deeper than {}", kMaxDepth));
  }

  bool end() {
    --depth_;
    add(TreeEvent::Kind::End, next_token());
    return true;
  }

  bool fail(const Token& token, std::string message) {
    value_.failure = finding(kSyntax, text_.range(token), std::move(message));
    return false;
  }

  YamlText& text_;
  JsonValue value_;
  int depth_ = 0;
};

}  // namespace

JsonValue read_json(YamlText& text, std::size_t begin) {
  Recorder recorder(text, begin);
  const std::string_view rest = text.text().substr(begin);
  Json::sax_parse(rest.begin(), rest.end(), &recorder, Json::input_format_t::json,
                  /*strict=*/false);
  return recorder.take();
}

}  // namespace asmgw
