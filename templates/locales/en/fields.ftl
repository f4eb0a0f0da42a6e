# Public pages of the fields of measurement
fields-title = Fields of measurement
fields-lead = From scales, water meters and blood pressure gauges to lasers and atomic clocks: technical specifications say how instruments are verified and calibrated. By field.
fields-all = All fields
fields-count = { $n ->
    [one] One text in force
   *[other] { $n } texts in force
}
fields-in-force = { $n ->
    [one] One text in force
   *[other] { $n } texts in force
}
fields-committees = Committees at work
field-about-length = Sizes, angles and shapes: callipers, micrometers, gauge blocks, theodolites and the measuring machines of factories.
field-about-thermal = Heat, cold and humidity: clinical thermometers, thermocouples, climate chambers, hygrometers.
field-about-mechanics = Mass, force, pressure, flow and hardness: market scales, water and gas meters at home, fuel dispensers, pressure gauges.
field-about-electromagnetic = Electricity and magnetism: energy meters, multimeters, instrument transformers, charging points.
field-about-radio = Radio and high frequency: signal generators, oscilloscopes, antennas and instruments that test networks.
field-about-time-frequency = Time and frequency: stopwatches, the timing of calls, satellite receivers, atomic clocks.
field-about-ionizing = Ionizing radiation: doses and activities in therapy, security checks and the environment.
field-about-optics = Light: lighting, colour, lasers, optical fibres and eyesight tests.
field-about-acoustics = Sound and ultrasound: sound level meters, audiometers, hearing aids, ultrasound diagnostics.
field-about-chemistry = Composition and properties: pH meters, chromatographs, gas alarms and reference materials.
field-about-medical = Measuring in hospitals: blood pressure, electrocardiographs, ventilators, patient monitors.
field-about-weather = Weather, sea and environment: wind, rain, water levels and the quality of air.
field-about-transport = Instruments of roads, railways, shipping and aviation.
field-about-carbon = Carbon and energy: measuring right and counting clearly.
field-about-management = Vocabulary, uncertainty of measurement, legal metrology and general rules.
