// The laws of a credential plugin's output, for any text: it proves something, or says why not.
#include "base/error.h"
#include "fuzz/fuzz.h"
#include "kube/exec_credential.h"

using namespace asmgw;  // NOLINT: one file, one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string output(reinterpret_cast<const char*>(data), size);
  const kube::ExecConfig config{.api_version = "client.authentication.k8s.io/v1",
                                .command = "plugin",
                                .interactive_mode = "Never"};
  try {
    const kube::Proof proof = kube::read_exec_credential(config, output).proof;
    fuzz::require(proof != kube::Proof{}, "it proves something");
    fuzz::require(kube::is_header_value(proof.authorization), "an authorization is a line");
    fuzz::require(proof.client_cert_pem.empty() == proof.client_key_pem.empty(),
                  "a certificate has its key");
  } catch (const Error& error) {
    fuzz::require(error.finding().code->name == "unauthorized", "a refusal has its code");
    fuzz::require(error.finding().message.size() > 20, "and words");
  }
  return 0;
}
