// Does the API server read back every text that we send it? Its parser of apply bodies is YAML 1.1.
#include <gtest/gtest.h>

#include <random>

#include "bench.h"
#include "server.h"

namespace asmgw::e2e {
namespace {

/// The flags of a longer run by hand: ASMGW_WIRE_SEED, ASMGW_WIRE_COUNT (texts).
int number(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::atoi(value) : otherwise;
}

void append_utf8(std::string& text, std::uint32_t point) {
  const auto byte = [&](std::uint32_t value) { text += static_cast<char>(value); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xc0 | point >> 6);
  } else if (point < 0x10000) {
    byte(0xe0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3f));
  } else {
    byte(0xf0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3f));
    byte(0x80 | (point >> 6 & 0x3f));
  }
  byte(0x80 | (point & 0x3f));
}

/// What parsers trip over, and now and then any character at all.
std::string random_text(std::mt19937& dice) {
  static const std::vector<std::string> kPieces = {
      "a",      " ",      "  ",     "\t",     "\n",      "\r\n",       "\\",        "/",
      "\\/",    "\"",     "'",      ": ",     " #",      "- ",         "? ",        "<<",
      "*a",     "&a",     "!!x",    "{",      "}",       "[",          "]",         ",",
      "|",      ">",      "%",      "@",      "`",       "---",        "...",       "yes",
      "~",      "null",   "0x1f",   "1e3",    "0o7",     "\\u00",      "\x01",      "\x07",
      "\x1b",   "\x1f",   "\x7f",   "\u0085", "\u00a0",  "\u2028",     "\u2029",    "\ufeff",
      "\ufffd", "\ufffe", "\uffff", "\u0600", "e\u0301", "\U0001f600", "\U0010ffff"};
  std::string text;
  const int length = std::uniform_int_distribution<int>(0, 40)(dice);
  for (int i = 0; i < length; ++i) {
    if (dice() % 8 != 0) {
      text += kPieces[dice() % kPieces.size()];
      continue;
    }
    const auto point =
        static_cast<std::uint32_t>(dice() % 3 == 0 ? dice() % 0x110000 : dice() % 0x3000);
    if (point != 0 && (point < 0xd800 || point > 0xdfff)) append_utf8(text, point);
  }
  return text;
}

Json service(const std::vector<std::string>& texts) {
  Json annotations = Json::object();
  for (std::size_t i = 0; i < texts.size(); ++i)
    annotations["example.com/t" + std::to_string(i)] = texts[i];
  return {
      {"apiVersion", "v1"},
      {"kind", "Service"},
      {"metadata", {{"name", "wire"}, {"namespace", "istio-system"}, {"annotations", annotations}}},
      {"spec", {{"ports", Json::array({{{"port", 80}}})}}}};
}

TEST(Wire, EveryTextComesBack) {
  std::mt19937 dice(static_cast<std::uint32_t>(number("ASMGW_WIRE_SEED", 1)));
  const int count = number("ASMGW_WIRE_COUNT", 20'000);
  constexpr int kInABody = 50, kBodies = 20;
  kube::Client client = connect(kOne);
  for (int sent = 0; sent < count;) {
    std::vector<std::vector<std::string>> texts(kBodies);
    std::vector<Json> bodies;
    for (std::vector<std::string>& some : texts) {
      for (int i = 0; i < kInABody; ++i, ++sent) some.push_back(random_text(dice));
      bodies.push_back(service(some));
    }
    const std::vector<Answer> answers = try_out(client, bodies);
    for (std::size_t b = 0; b < bodies.size(); ++b) {
      const auto* found = std::get_if<Found>(&answers[b]);
      ASSERT_NE(found, nullptr) << complaint(answers[b]) << dump(bodies[b]);
      const Json& read = found->object["metadata"]["annotations"];
      for (std::size_t i = 0; i < texts[b].size(); ++i)
        ASSERT_EQ(read["example.com/t" + std::to_string(i)], texts[b][i]);
    }
  }
}

}  // namespace
}  // namespace asmgw::e2e
