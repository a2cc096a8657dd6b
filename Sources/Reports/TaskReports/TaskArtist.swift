public import Datasets
public import Documents
public import Evaluation

/// Draws what models say onto pictures.
public enum TaskArtist {
  /// The colours of classes in masks, with a word for each.
  private static let tints: [(color: [UInt8], word: String)] = [
    ([31, 111, 208], "blue"), ([230, 110, 20], "orange"), ([40, 160, 90], "green"), ([200, 40, 120], "pink"),
    ([120, 80, 200], "violet"), ([0, 160, 170], "teal"), ([190, 160, 0], "yellow"), ([210, 60, 50], "red"),
  ]
  private static let tintWeight = 0.55
  private static let largestFactor = 16

  /// The picture enlarged or made smaller until its longer edge is as given.
  static func scaled(_ image: Image, edge: Int) -> Picture? {
    let longest = max(image.width, image.height)
    let edge = min(edge, longest * largestFactor)
    let size = ImageSize(
      width: max(image.width * edge / longest, 1), height: max(image.height * edge / longest, 1))
    guard let resized = try? image.resized(to: size, interpolation: edge >= longest * 3 ? .nearest : .bilinear) else {
      return nil
    }
    return try? Picture(width: resized.width, height: resized.height, pixels: resized.pixels)
  }

  /// The picture as it is.
  public static func plain(_ image: Image, edge: Int) -> Picture? { scaled(image, edge: edge) }

  /// The picture with numbered points.
  public static func points(_ image: Image, _ points: [ImagePoint], edge: Int) -> Picture? {
    let labels = points.enumerated().filter { $0.element.x.isFinite && $0.element.y.isFinite }.map { index, point in
      PictureLabel(
        x: point.x / Double(image.width), y: point.y / Double(image.height), text: "\(index + 1)")
    }
    return try? scaled(image, edge: edge)?.marked([], labels: labels)
  }

  /// The picture with boxes: what is found in solid lines with classes and scores, what is there in dashed ones.
  public static func boxes(
    _ image: Image, detections: [Detection], objects: [AnnotatedObject] = [], _ classes: ClassNames, edge: Int
  ) -> Picture? {
    let (width, height) = (Double(image.width), Double(image.height))
    func mark(_ box: BoundingBox, _ label: String, _ style: PictureMark.Style) -> PictureMark {
      PictureMark(
        left: box.left / width, top: box.top / height, right: box.right / width, bottom: box.bottom / height,
        label: label, style: style)
    }
    let found = detections.reversed().map { detection in
      let score = NumberFormat.probability.string(for: detection.score)
      return mark(detection.box, "\(classes.short(detection.classIndex)) \(score)", .solid)
    }
    let there = objects.map { object in
      let note = object.isDifficult ? " (difficult)" : object.isCrowd ? " (crowd)" : ""
      return mark(object.box, classes.short(object.classIndex) + note, .dashed)
    }
    return try? scaled(image, edge: edge)?.marked(there + found)
  }

  /// The picture with the classes of its pixels as tints, the name of each in its middle; class 0 and pixels of no class stay
  /// as they are.
  ///
  /// - Parameter mask: one class for each pixel of a picture of this size.
  public static func mask(
    _ image: Image, classes mask: [Int], size: ImageSize, _ names: ClassNames, edge: Int
  ) -> Picture? {
    guard let plain = scaled(image, edge: edge), size.pixelCount == mask.count else { return nil }
    var pixels = plain.pixels
    var sums: [Int: (x: Double, y: Double, count: Double)] = [:]
    for y in 0..<plain.height {
      for x in 0..<plain.width {
        let index = mask[(y * size.height / plain.height) * size.width + x * size.width / plain.width]
        guard index > 0 else { continue }
        let tint = tints[index % tints.count].color
        for channel in 0..<3 {
          let place = (y * plain.width + x) * 3 + channel
          pixels[place] = UInt8(Double(pixels[place]) * (1 - tintWeight) + Double(tint[channel]) * tintWeight)
        }
        let sum = sums[index] ?? (0, 0, 0)
        sums[index] = (sum.x + Double(x), sum.y + Double(y), sum.count + 1)
      }
    }
    let all = Double(plain.width * plain.height)
    let labels = sums.filter { $0.value.count > all / 400 }.sorted { $0.key < $1.key }.map { index, sum in
      PictureLabel(
        x: sum.x / sum.count / Double(plain.width), y: sum.y / sum.count / Double(plain.height),
        text: names.short(index))
    }
    return try? Picture(width: plain.width, height: plain.height, pixels: pixels).marked([], labels: labels)
  }

  /// Which colour stands for which class, in words, of the classes of masks.
  static func legend(_ indices: some Sequence<Int>, _ names: ClassNames) -> String {
    Set(indices).filter { $0 > 0 }.sorted().prefix(12).map { "\(names.short($0)) \(tints[$0 % tints.count].word)" }
      .joined(separator: ", ")
  }
}
