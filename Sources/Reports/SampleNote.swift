import Datasets

/// What is known of a picture, in a few words.
enum SampleNote {
  /// Empty where nothing is known.
  static func text(_ sample: Sample, _ classes: ClassNames) -> String {
    guard let annotation = sample.annotation else { return "" }
    var parts: [String] = []
    if let index = annotation.classIndex { parts.append("annotated as \(classes.text(index))") }
    if let objects = annotation.objects {
      var counts: [Int: Int] = [:]
      for object in objects { counts[object.classIndex, default: 0] += 1 }
      let names = counts.sorted { $0.key < $1.key }.map { "\($0.value) \(classes.short($0.key))" }
      parts.append(names.isEmpty ? "no objects" : names.joined(separator: ", "))
    }
    if annotation.mask != nil { parts.append("with a mask") }
    if annotation.targetPath != nil { parts.append("with a target picture") }
    if annotation.landmarks != nil { parts.append("with landmarks") }
    return parts.joined(separator: "; ")
  }
}
