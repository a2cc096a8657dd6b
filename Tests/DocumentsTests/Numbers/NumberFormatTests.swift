import Documents
import Testing

@Suite struct NumberFormatTests {
  // The third column was worked out by hand from decimal arithmetic, halves away from zero.
  @Test(
    arguments: [
      (NumberFormat.decimals(2), 0.125, "0.13"), (.decimals(2), 2.675, "2.68"), (.decimals(2), -0.125, "−0.13"),
      (.decimals(2), 0, "0.00"), (.decimals(2), -0.0, "0.00"), (.decimals(2), 0.004, "<0.01"),
      (.decimals(2), -0.004, ">−0.01"), (.decimals(0), 0.4, "<1"), (.decimals(1), 9.96, "10.0"),
      (.decimals(1), 999_999.96, "1,000,000.0"), (.decimals(3), 1e-300, "<0.001"),
      (.decimals(1), 1e21, "1,000,000,000,000,000,000,000.0"),
      (.integer, 1234567, "1,234,567"), (.integer, 999, "999"),
      (.probability, 0.9987, ">0.99"), (.probability, 1, "1.00"), (.probability, 0.994, "0.99"),
      (.probability, 0.0049, "<0.01"), (.percent(), 0.833333, "83.3%"), (.percent(), 0.07, "7.0%"),
      (.percent(), 0.9999, ">99.9%"), (.percent(), 1, "100.0%"), (.percent(decimals: 0), 0.001, "<1%"),
      (.significant(3), 123456, "123,456"), (.significant(3), 1.2345, "1.23"),
      (.significant(3), 0.00012345, "0.000123"),
      (.significant(3), 1.2e-9, "1.20e-9"), (.significant(3), 6.02214e23, "6.02e23"), (.significant(3), 0, "0"),
      (.significant(3), 99.96, "100"), (.significant(2), -0.0456, "−0.046"),
      (.significant(3, unit: "ms"), 4.5, "4.50 ms"),
      (.exact, 0.1, "0.1"), (.exact, 1e-7, "1e-7"), (.exact, 12345678, "12,345,678"),
      (.bytes, 0, "0 B"), (.bytes, 999, "999 B"), (.bytes, 1000, "1.00 kB"), (.bytes, 13_964_512, "14.0 MB"),
      (.bytes, 999_999, "1.00 MB"), (.bytes, 5e15, "5,000 TB"),
      (.decimals(2), .nan, "NaN"), (.decimals(2), .infinity, "∞"), (.significant(3, unit: "ms"), -.infinity, "−∞"),
      (NumberFormat(.decimals(1), showsPlus: true), 0.25, "+0.3"),
      (NumberFormat(.decimals(-4)), 3.7, "4"), (NumberFormat(.significant(0)), 3.7, "4"),
    ] as [(NumberFormat, Double, String)])
  func text(_ format: NumberFormat, _ value: Double, _ expected: String) {
    #expect(format.string(for: value) == expected)
  }

  @Test func `rounding agrees with exact decimal arithmetic`() {
    for thousandths in stride(from: -4995, through: 5000, by: 7) {
      let magnitude = thousandths.magnitude
      let hundredths = magnitude / 10 + (magnitude % 10 >= 5 ? 1 : 0)
      let sign = thousandths < 0 && hundredths > 0 ? "−" : ""
      let fraction = hundredths % 100
      let expected = "\(sign)\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
      let format = NumberFormat(.decimals(2), showsBounds: false)
      #expect(format.string(for: Double(thousandths) / 1000) == expected)
    }
  }
}
