import Datasets

/// A picture with what its annotation says drawn into it: boxes, and the classes of a mask as tints.
enum AnnotatedPicture {
  private static let tintWeight = 0.45

  /// The picture as it is where its annotation names no places.
  static func draw(_ sample: Sample, _ image: Image, of dataset: Dataset) -> Image {
    guard let annotation = sample.annotation, annotation.objects?.isEmpty == false || annotation.mask != nil else {
      return image
    }
    var pixels = image.pixels
    if let mask = annotation.mask { tint(&pixels, image.size, mask, of: dataset) }
    for object in annotation.objects ?? [] {
      let box = object.isBoxRelative ? object.box.scaled(to: image.size) : object.box
      frame(&pixels, image.size, box, color(object.classIndex))
    }
    return (try? Image(size: image.size, pixels: pixels)) ?? image
  }

  private static func tint(_ pixels: inout [UInt8], _ size: ImageSize, _ mask: ClassMask, of dataset: Dataset) {
    let path = dataset.root + "/" + mask.path
    guard let image = try? Image(contentsOfFile: path, orientation: dataset.orientation), image.size == size,
      let classes = try? mask.classes(of: image)
    else { return }
    for (index, classIndex) in classes.enumerated() where classIndex > 0 {
      let color = Self.color(classIndex)
      for channel in 0..<3 {
        let mixed = Double(pixels[index * 3 + channel]) * (1 - tintWeight) + Double(color[channel]) * tintWeight
        pixels[index * 3 + channel] = UInt8(min(max(mixed, 0), 255))
      }
    }
  }

  /// Draws the edges of a box, as thick as a hundredth of the picture.
  private static func frame(_ pixels: inout [UInt8], _ size: ImageSize, _ box: BoundingBox, _ color: [UInt8]) {
    let thickness = max(max(size.width, size.height) / 100, 1)
    func place(_ value: Double, _ limit: Int) -> Int { Int(min(max(value, 0), Double(limit))) }
    let (left, right) = (place(box.left, size.width - 1), place(box.right, size.width - 1))
    let (top, bottom) = (place(box.top, size.height - 1), place(box.bottom, size.height - 1))
    guard left <= right, top <= bottom else { return }
    for y in top...bottom {
      for x in left...right
      where min(x - left, right - x) < thickness || min(y - top, bottom - y) < thickness {
        for channel in 0..<3 { pixels[(y * size.width + x) * 3 + channel] = color[channel] }
      }
    }
  }

  /// A colour for each class, far from those of the classes beside it.
  private static func color(_ classIndex: Int) -> [UInt8] {
    let colors: [[UInt8]] = [
      [31, 111, 208], [230, 110, 20], [40, 160, 90], [200, 40, 120], [120, 80, 200], [0, 160, 170], [190, 160, 0],
      [210, 60, 50],
    ]
    return colors[max(classIndex, 0) % colors.count]
  }
}
