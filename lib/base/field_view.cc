#include "base/field_view.h"

namespace asmgw {
namespace {

void add_places(const std::vector<FieldView>& views, const FieldPlace& above,
                std::vector<FieldPlace>& places) {
  for (const FieldView& view : views) {
    FieldPlace place = above;
    place.path += (place.path.empty() ? "" : ".") + std::string(view.name);
    place.chain.push_back(&view);
    places.push_back(place);
    add_places(view.members, place, places);
  }
}

}  // namespace

std::vector<FieldPlace> places_of(const std::vector<FieldView>& views) {
  std::vector<FieldPlace> places;
  add_places(views, {}, places);
  return places;
}

}  // namespace asmgw
