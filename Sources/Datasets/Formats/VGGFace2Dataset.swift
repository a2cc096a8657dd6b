/// VGGFace2: faces with their boxes and five points of each, in two tables.
public enum VGGFace2Dataset: DatasetFormat {
  /// What users call the format.
  public static let name = "vgg_face2"
  /// The name as the field writes it.
  public static let title = "VGGFace2"
  /// What such a folder looks like.
  public static let summary = "folders of persons, loose_landmark_test.csv and loose_bb_test.csv"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  /// Whether the table of points is there.
  public static func recognises(_ folder: ImageFolder) -> Bool { table("loose_landmark", in: folder) != nil }

  /// The pictures that the table of points names.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the table, `noImages` if none of its pictures is there.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let points = table("loose_landmark", in: folder) else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no loose_landmark_test.csv, as the format vgg_face2 wants",
        remedy: "add it, or leave format: out", file: folder.root)
    }
    let images = ImageLookup(folder)
    var problems: [DatasetProblem] = []
    var annotations: [String: Annotation] = [:]
    try read(points, columns: 10, of: folder, &problems) { name, numbers in
      guard let path = images.image(named: name) else { return "names “\(name)”, which is not in the folder" }
      let landmarks = stride(from: 0, to: 10, by: 2).map { ImagePoint(x: numbers[$0], y: numbers[$0 + 1]) }
      annotations[path] = Annotation(landmarks: landmarks)
      return nil
    }
    if let boxes = table("loose_bb", in: folder) {
      try read(boxes, columns: 4, of: folder, &problems) { name, numbers in
        let box = BoundingBox(
          left: numbers[0], top: numbers[1], right: numbers[0] + numbers[2], bottom: numbers[1] + numbers[3])
        if let fault = box.fault(width: nil, height: nil) { return fault }
        // A picture without points has been told of already, or belongs to another part.
        if let path = images.image(named: name), annotations[path] != nil {
          annotations[path]?.objects = [AnnotatedObject(classIndex: 0, box: box)]
        }
        return nil
      }
    }
    guard !annotations.isEmpty else {
      throw DatasetError(
        .noImages, "none of the pictures of \(points) is in the folder" + (problems.first.map { " (\($0))" } ?? ""),
        file: folder.root)
    }
    return DatasetContents(
      samples: annotations.map { Sample(path: $0.key, annotation: $0.value) }, problems: problems,
      labels: Labels(classes: [ClassLabel(fullName: "face")]))
  }

  /// Reads a table line by line: a name, and numbers; `use` says why a line cannot be used.
  private static func read(
    _ path: String, columns: Int, of folder: ImageFolder, _ problems: inout [DatasetProblem],
    use: (_ name: String, _ numbers: [Double]) -> String?
  ) throws(DatasetError) {
    for (index, line) in try folder.lines(of: path).enumerated() where !line.trimmed.isEmpty {
      let fields = CommaSeparatedLine.fields(of: line)
      if index == 0, fields.first == "NAME_ID" { continue }
      let numbers = fields.dropFirst().compactMap { Double($0.trimmed) }.filter(\.isFinite)
      var reason: String? = "is not a name and \(columns) numbers"
      if fields.count == columns + 1, numbers.count == columns { reason = use(fields[0], numbers) }
      if let reason { problems.append(DatasetProblem(path: path, line: index + 1, reason: reason)) }
    }
  }

  private static func table(_ name: String, in folder: ImageFolder) -> String? {
    let files = folder.documents.filter {
      let file = $0.split(separator: "/").last ?? ""
      return file.hasPrefix(name) && file.hasSuffix(".csv")
    }
    return files.first { $0.contains("test") } ?? files.first
  }
}

extension ImageLookup {
  /// The path of a picture whose name is written without its extension.
  fileprivate func image(named name: String) -> String? {
    [".jpg", ".png", ".jpeg", ".JPG"].lazy.compactMap { path(of: name + $0) }.first
  }
}
