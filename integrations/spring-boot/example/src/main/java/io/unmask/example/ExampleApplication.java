package io.unmask.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Answers photos with verdicts. */
@SpringBootApplication
public class ExampleApplication {

  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication.run(ExampleApplication.class, args);
  }
}
