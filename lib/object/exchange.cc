#include "object/exchange.h"

#include <fmt/format.h>

namespace asmgw {
namespace {

std::string key(const ObjectRef& ref) {
  return fmt::format("{}/{}/{}/{}", ref.group, ref.kind, ref.ns, ref.name);
}

}  // namespace

std::string identity(const Question& question) {
  struct {
    std::string operator()(const Get& get) const {
      return fmt::format("get {} {} {}", key(get.ref), get.attempt, get.version);
    }
    std::string operator()(const Exists& exists) const { return "exists " + key(exists.ref); }
    std::string operator()(const List& list) const {
      return fmt::format("list {} {} {}", key(list.of), list.label_selector, list.version);
    }
    std::string operator()(const Preview& preview) const {
      const std::string object = fmt::format("{} {}", key(preview.write.ref), preview.attempt);
      if (const Replace* replace = std::get_if<Replace>(&preview.write.what)) {
        return fmt::format("preview replacement {} {} {}", object,
                           preview.write.guard.resource_version, dump(replace->object));
      }
      const Apply* apply = std::get_if<Apply>(&preview.write.what);
      if (apply == nullptr) return "preview removal " + object;
      return fmt::format("preview {} {} {} {}", object, apply->manager, apply->force,
                         dump(apply->body));
    }
    std::string operator()(const MayI& may) const {
      return fmt::format("may {} {}", may.verb, key(may.ref));
    }
    std::string operator()(const Version&) const { return "version"; }
    std::string operator()(const Served& served) const { return "served " + served.group; }
  } identify;
  return std::visit(identify, question);
}

}  // namespace asmgw
