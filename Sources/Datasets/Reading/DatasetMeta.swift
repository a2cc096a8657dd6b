/// What `dataset_meta.json` says of a dataset's classes.
struct DatasetMeta {
  static let fileName = "dataset_meta.json"

  /// The names of the classes by index; empty where the file names none.
  private(set) var names: [Int: String] = [:]
  /// The index of the background class.
  private(set) var background: Int?
  /// The colours of the classes in masks, as 0xRRGGBB, in the order of the indices; empty where masks are grey.
  private(set) var colors: [Int] = []

  /// Reads the file in a folder; nil where there is none.
  ///
  /// - Throws: `DatasetError.invalidAnnotation` with the line.
  init?(in folder: ImageFolder) throws(DatasetError) {
    guard folder.documents.contains(Self.fileName) else { return nil }
    var reader = JSONReader(try RegularFile.bytes(atPath: folder.root + "/" + Self.fileName), file: Self.fileName)
    var (names, background): ([Int: String], Int?) = ([:], nil)
    var colors: [Int] = []
    try reader.object { (key, reader) throws(DatasetError) in
      switch key {
      case "label_map":
        try reader.object { (key, reader) throws(DatasetError) in
          // Written either way round: "0": "road", or "road": 0.
          if let index = Int(key) {
            names[index] = try reader.stringIfAny()
          } else if let index = try reader.integerIfAny() {
            names[index] = key
          }
        }
      case "labels":
        var index = 0
        try reader.array { (reader) throws(DatasetError) in
          names[index] = try reader.stringIfAny()
          index += 1
        }
      case "background_label":
        if reader.next() == UInt8(ascii: "\"") {
          background = try reader.stringIfAny().flatMap { Int($0) }
        } else {
          background = try reader.integerIfAny()
        }
      case "segmentation_colors":
        try reader.array { (reader) throws(DatasetError) in
          let line = reader.line()
          let color = try reader.numbersIfAny()
          guard let color, color.count == 3, color.allSatisfy({ (0...255).contains($0) }) else {
            throw DatasetError(
              .invalidAnnotation, "line \(line) has a colour that is not three numbers from 0 to 255",
              file: Self.fileName)
          }
          colors.append(color.reduce(0) { $0 << 8 | Int($1) })
        }
      default: try reader.skip()
      }
    }
    (self.names, self.background, self.colors) = (names, background, colors)
  }

  /// The names as labels, classes without a name as `class 7`; nil where there is none, or where indices are unreasonable.
  var labels: Labels? {
    guard let highest = names.keys.max(), (0..<Labels.maximumCount).contains(highest) else { return nil }
    return Labels(classes: (0...highest).map { ClassLabel(fullName: names[$0] ?? "class \($0)") })
  }
}
