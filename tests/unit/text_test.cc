#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/edit_distance.h"
#include "base/sha256.h"

namespace asmgw {
namespace {

struct NearestCase {
  std::string name;
  std::string word;
  std::vector<std::string_view> candidates;
  std::string expected;
};
class Nearest : public testing::TestWithParam<NearestCase> {};
TEST_P(Nearest, IsFound) {
  EXPECT_EQ(nearest(GetParam().word, GetParam().candidates), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, Nearest,
    testing::Values(NearestCase{"exact", "ports", {"port", "ports"}, "ports"},
                    NearestCase{
                        "case_ignored", "replicacount", {"x", "replicaCount"}, "replicaCount"},
                    NearestCase{"insertion", "replicaCount", {"replicasCount"}, "replicasCount"},
                    NearestCase{"deletion", "replicaCounts", {"replicaCount"}, "replicaCount"},
                    NearestCase{"replacement", "replicaKount", {"replicaCount"}, "replicaCount"},
                    NearestCase{"swap_is_one", "opts", {"xxts", "pots"}, "pots"},
                    NearestCase{"two_swaps", "sevriceTyep", {"serviceType"}, "serviceType"},
                    NearestCase{"first_of_equals", "cat", {"bat", "rat"}, "bat"},
                    NearestCase{"limit_of_short_words", "abc", {"abxy", "axyz"}, "abxy"},
                    NearestCase{"limit_is_a_third", "abcdefghi", {"abcdefxyz"}, "abcdefxyz"},
                    NearestCase{"beyond_the_limit", "abcdefgh", {"abcdexyz"}, ""},
                    NearestCase{"much_longer", "port", {"portForwarding"}, ""},
                    NearestCase{"nothing_in_common", "ab", {"xy", "cd"}, ""},
                    NearestCase{"one_letter", "a", {"b"}, ""},
                    NearestCase{"empty_word", "", {"a", "ab"}, ""},
                    NearestCase{"no_candidates", "a", {}, ""}),
    [](const testing::TestParamInfo<NearestCase>& row) { return row.param.name; });

struct DigestCase {
  std::string name;
  std::string bytes;
  std::string expected;
};
class Sha256 : public testing::TestWithParam<DigestCase> {};
TEST_P(Sha256, IsByTheStandard) { EXPECT_EQ(sha256(GetParam().bytes), GetParam().expected); }
// FIPS 180-4 and its examples; the lengths around a block's padding by sha256sum.
INSTANTIATE_TEST_SUITE_P(
    All, Sha256,
    testing::Values(
        DigestCase{"empty", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        DigestCase{"abc", "abc",
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        DigestCase{"two_blocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                   "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        DigestCase{"long_message",
                   "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnop"
                   "qklmnopqrlmnopqrsmnopqrstnopqrstu",
                   "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
        DigestCase{"million", std::string(1'000'000, 'a'),
                   "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
        DigestCase{"length_55", std::string(55, 'a'),
                   "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
        DigestCase{"length_56", std::string(56, 'a'),
                   "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
        DigestCase{"length_63", std::string(63, 'a'),
                   "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
        DigestCase{"length_64", std::string(64, 'a'),
                   "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
        DigestCase{"high_bytes", "\xff\xfe\x80",
                   "b632bfa9c60bc17f7fd78dba311fd3f5dfa66cb8c017a4278e2bae28d668844d"}),
    [](const testing::TestParamInfo<DigestCase>& row) { return row.param.name; });

}  // namespace
}  // namespace asmgw
