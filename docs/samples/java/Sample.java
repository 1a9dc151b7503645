// Enrolls a person with the first picture and logs them in with the others, as a camera would take them:
//   GATEHOUSE_URL=… GATEHOUSE_KEY=… java Sample.java CUSTOM_ID ENROLLMENT_PICTURE LOGIN_PICTURE…
import java.io.IOException;
import java.net.URI;
import java.net.http.*;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import java.util.regex.*;

public class Sample {
  static final String URL = System.getenv().getOrDefault("GATEHOUSE_URL", "http://127.0.0.1:4000");
  static final String KEY = System.getenv().getOrDefault("GATEHOUSE_KEY", "");
  static final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  record Answer(int status, String json) {
    String text(String field) { // take your JSON library in its place
      Matcher found = Pattern.compile("\"" + field + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
      return found.find() ? found.group(1) : null;
    }
  }

  /** Status 0 where no answer came in time. Nobody is kept out for that. */
  static Answer call(String method, String path, String body, int seconds) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(URL + path)).timeout(Duration.ofSeconds(seconds))
        .header("Authorization", "Bearer " + KEY).header("Content-Type", "application/json")
        .header("Accept-Language", "en").header("Idempotency-Key", UUID.randomUUID().toString())
        .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException away) { return new Answer(0, ""); }
  }

  /** Your login of today: it knows nothing of biometrics and works whatever is away. */
  static boolean legacyLogin(String customId) {
    System.out.println(customId + " logs in with the password");
    return true;
  }
  static void enroll(String customId, String face) throws InterruptedException {
    String body = "{\"customId\":\"%s\",\"legalBasis\":\"lgpd_11_i_consent\",\"face\":\"%s\"}";
    Answer answer = call("POST", "/v1/enrollments", body.formatted(customId, face), 30);
    boolean isAway = answer.status == 0 || answer.status >= 500;
    String told = answer.text("text") == null ? answer.text("detail") : answer.text("text");
    System.out.println(isAway ? "Not enrolled now; ask again after another login" : told);
  }
  static boolean endOldWay(String customId, String loginId, String reason) throws InterruptedException {
    boolean succeeded = legacyLogin(customId);
    if (loginId == null) return succeeded;
    String body = "{\"succeeded\":" + succeeded + (reason == null ? "" : ",\"reason\":\"" + reason + "\"") + "}";
    Answer told = call("POST", "/v1/logins/" + loginId + "/legacy-outcome", body, 5);
    System.out.println("the gateway " + (told.status == 204 ? "knows" : "does not know") + " how it ended");
    return succeeded;
  }
  static boolean logIn(String customId, List<String> pictures) throws InterruptedException {
    Answer login = call("POST", "/v1/logins", "{\"customId\":\"%s\",\"channel\":\"web\"}".formatted(customId), 5);
    if (login.status != 201) return endOldWay(customId, null, null);
    String loginId = login.text("loginId");
    if (login.text("path").equals("legacy")) return endOldWay(customId, loginId, null);
    System.out.println(login.text("text"));
    for (String face : pictures) {
      Answer tried = call("POST", "/v1/logins/" + loginId + "/verifications", "{\"face\":\"" + face + "\"}", 5);
      if (tried.status != 200) return endOldWay(customId, loginId, null);
      System.out.println(tried.text("text"));
      switch (tried.text("decision")) {
        case "approved": return true;
        case "rejected": return false;
        case "use_legacy": return endOldWay(customId, loginId, null);
      } // retry_capture: the next picture
    }
    return endOldWay(customId, loginId, "chose_password");
  }
  public static void main(String[] given) throws Exception {
    List<String> pictures = new ArrayList<>();
    for (String file : List.of(given).subList(1, given.length))
      pictures.add(Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file))));
    enroll(given[0], pictures.get(0));
    System.out.println(logIn(given[0], pictures.subList(1, pictures.size())) ? "IN" : "NOT IN");
  }
}
