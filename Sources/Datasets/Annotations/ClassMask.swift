/// A picture whose every pixel stands for a class.
public struct ClassMask: Sendable, Hashable {
  /// How pixels stand for classes.
  public enum Encoding: Sendable, Hashable {
    /// The grey value is the class index.
    case grey
    /// The grey value is looked up in 256 class indices; negative ones count for nothing.
    case lookup([Int])
    /// The place of the colour, as 0xRRGGBB, in a list is the class index; other colours count for nothing.
    case colors([Int])
  }

  /// The class index of pixels that count for nothing.
  public static let ignored = -1

  /// The path of the picture, relative to the dataset's root.
  public var path: String
  /// How its pixels stand for classes.
  public var encoding: Encoding
  /// The axis that it is mirrored along, since its picture is.
  public var flip: PictureFlip?

  /// Makes a mask.
  public init(path: String, encoding: Encoding) {
    self.path = path
    self.encoding = encoding
  }

  /// The class index of every pixel of the mask's file, mirrored as it has to be, row by row from the top left; `ignored`
  /// where none counts.
  ///
  /// - Throws: `DatasetError.invalidAnnotation` for colours in a mask of grey values.
  public func classes(of image: Image) throws(DatasetError) -> [Int] {
    var classes: [Int] = []
    let pixels = flip.map { image.oriented($0.orientation).pixels } ?? image.pixels
    classes.reserveCapacity(pixels.count / 3)
    let places: [Int: Int] =
      if case .colors(let colors) = encoding {
        Dictionary(colors.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      } else {
        [:]
      }
    for index in stride(from: 0, to: pixels.count, by: 3) {
      let (red, green, blue) = (pixels[index], pixels[index + 1], pixels[index + 2])
      switch encoding {
      case .colors: classes.append(places[Int(red) << 16 | Int(green) << 8 | Int(blue)] ?? Self.ignored)
      case .grey, .lookup:
        guard red == green, green == blue else {
          throw DatasetError(
            .invalidAnnotation, "the mask has colours, but its grey values should be class indices",
            remedy: "list the colours as segmentation_colors in dataset_meta.json", file: path)
        }
        if case .lookup(let table) = encoding {
          classes.append(table.indices.contains(Int(red)) ? max(table[Int(red)], Self.ignored) : Self.ignored)
        } else {
          classes.append(Int(red))
        }
      }
    }
    return classes
  }
}
