import CommandLanguage
import Datasets

extension SubsetSize {
  /// The size that an argument gives as a number of samples or as a percentage; nil where it was not written.
  init?(_ arguments: BoundCommand, _ name: String) {
    if let count = arguments.integer(name) {
      self = .count(count)
    } else if let fraction = arguments.fraction(name) {
      self = .percent(fraction * 100)
    } else {
      return nil
    }
  }
}
