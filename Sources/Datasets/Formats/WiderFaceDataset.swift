/// WIDER FACE: pictures of crowds, and a text with the box of every face.
public enum WiderFaceDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "wider_face"
  /// The name as the field writes it.
  public static let title = "WIDER FACE"
  /// What such a folder looks like.
  public static let summary = "pictures and wider_face_*_bbx_gt.txt"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  /// Whether the text is there.
  public static func recognises(_ folder: ImageFolder) -> Bool { annotationFile(in: folder) != nil }

  /// The pictures that the text names.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the text, `noImages` if none of its pictures is there.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let text = annotationFile(in: folder) else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no wider_face_val_bbx_gt.txt, as the format wider_face wants",
        remedy: "add it, or leave format: out", file: folder.root)
    }
    var reader = Reader(images: ImageLookup(folder), text: text, lines: try folder.lines(of: text))
    while reader.readBlock() {}
    guard !reader.samples.isEmpty else {
      throw DatasetError(
        .noImages,
        "none of the pictures of \(text) is in the folder" + (reader.problems.first.map { " (\($0))" } ?? ""),
        file: folder.root)
    }
    return DatasetContents(
      samples: reader.samples.map { Sample(path: $0.key, annotation: Annotation(objects: $0.value)) },
      problems: reader.problems, labels: Labels(classes: [ClassLabel(fullName: "face")]))
  }

  private static func annotationFile(in folder: ImageFolder) -> String? {
    let files = folder.documents.filter {
      let name = $0.split(separator: "/").last ?? ""
      return name.hasPrefix("wider_face_") && name.hasSuffix("_bbx_gt.txt")
    }
    return files.first { $0.contains("val") } ?? files.first
  }

  /// Blocks of a path, a number of faces, and a line for each: left, top, width, height, and six attributes.
  private struct Reader {
    let images: ImageLookup
    let text: String
    let lines: [String]
    var samples: [String: [AnnotatedObject]] = [:]
    var problems: [DatasetProblem] = []
    private var place = 0

    init(images: ImageLookup, text: String, lines: [String]) {
      self.images = images
      self.text = text
      self.lines = lines
    }

    mutating func readBlock() -> Bool {
      guard place < lines.count else { return false }
      let start = place
      let name = lines[place].trimmed
      place += 1
      guard !name.isEmpty else { return true }
      guard ImageDecoderCatalog.isImageName(name) else {
        report(start, "is no path of a picture, so it belongs to no block")
        return true
      }
      guard place < lines.count, let count = Int(lines[place].trimmed), count >= 0 else {
        report(start, "is not followed by the number of faces")
        return true
      }
      place += 1
      var faces: [AnnotatedObject] = []
      // No face at all is a line of zeros.
      for _ in 0..<min(max(count, 1), lines.count - place) where !ImageDecoderCatalog.isImageName(lines[place].trimmed)
      {
        if count > 0, let face = self.face(lines[place], place) { faces.append(face) }
        place += 1
      }
      switch images.path(of: name) {
      case let path? where samples[path] == nil: samples[path] = faces
      case .some: report(start, "names “\(name)” again")
      case nil: report(start, "names “\(name)”, which is not in the folder")
      }
      return true
    }

    private mutating func face(_ line: String, _ index: Int) -> AnnotatedObject? {
      let numbers = line.split(whereSeparator: \.isWhitespace).map { Double($0) }
      guard numbers.count >= 4, case let values = numbers.compactMap(\.self), values.count == numbers.count else {
        report(index, "is not of the form “left top width height …”")
        return nil
      }
      let box = BoundingBox(
        left: values[0], top: values[1], right: values[0] + values[2], bottom: values[1] + values[3])
      if let fault = box.fault(width: nil, height: nil) {
        report(index, fault)
        return nil
      }
      // The eighth number says that the face is invalid: it is not to be found.
      return AnnotatedObject(classIndex: 0, box: box, isDifficult: values.count > 7 && values[7] == 1)
    }

    private mutating func report(_ index: Int, _ reason: String) {
      problems.append(DatasetProblem(path: text, line: index + 1, reason: reason))
    }
  }
}
