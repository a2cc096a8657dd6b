/// A picture as brightness at full and colour differences at half resolution, all around zero.
struct JPEGPlanes {
  /// One plane; reading beyond its right or lower edge repeats the edge.
  struct Plane {
    let width: Int
    let height: Int
    let values: [Int]

    func block(_ left: Int, _ top: Int) -> [Int] {
      var block = [Int](repeating: 0, count: 64)
      for y in 0..<8 {
        let row = min(top + y, height - 1) * width
        for x in 0..<8 { block[y * 8 + x] = values[row + min(left + x, width - 1)] }
      }
      return block
    }
  }

  let brightness: Plane
  let blue: Plane
  let red: Plane

  init(_ picture: Picture) {
    let count = picture.width * picture.height
    var brightness = [Int](repeating: 0, count: count)
    var blue = brightness
    var red = brightness
    // JFIF 1.02, conversion to YCbCr, in 1/65536.
    for index in 0..<count {
      let r = Int(picture.pixels[index * 3])
      let g = Int(picture.pixels[index * 3 + 1])
      let b = Int(picture.pixels[index * 3 + 2])
      brightness[index] = (19595 * r + 38470 * g + 7471 * b + 32768) >> 16 - 128
      blue[index] = (-11059 * r - 21709 * g + 32768 * b + 32768) >> 16
      red[index] = (32768 * r - 27439 * g - 5329 * b + 32768) >> 16
    }
    self.brightness = Plane(width: picture.width, height: picture.height, values: brightness)
    self.blue = Self.halved(blue, picture.width, picture.height)
    self.red = Self.halved(red, picture.width, picture.height)
  }

  private static func halved(_ values: [Int], _ width: Int, _ height: Int) -> Plane {
    let newWidth = (width + 1) / 2
    let newHeight = (height + 1) / 2
    var result = [Int](repeating: 0, count: newWidth * newHeight)
    for y in 0..<newHeight {
      let upper = 2 * y * width
      let lower = min(2 * y + 1, height - 1) * width
      for x in 0..<newWidth {
        let right = min(2 * x + 1, width - 1)
        let sum = values[upper + 2 * x] + values[upper + right] + values[lower + 2 * x] + values[lower + right]
        result[y * newWidth + x] = (sum + 2) >> 2
      }
    }
    return Plane(width: newWidth, height: newHeight, values: result)
  }
}
